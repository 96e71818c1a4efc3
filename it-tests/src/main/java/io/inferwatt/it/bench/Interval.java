package io.inferwatt.it.bench;

import java.util.Locale;

/**
 * Between which values the true median lies, and how surely. Both ends are values that were measured; how sure they are follows from
 * their number alone, whatever the values are distributed like, as long as one does not depend on the other (David and Nagaraja,
 * Order Statistics, 3rd edition, 2003, section 7.1): the k-th value from below and the k-th from above miss the median where fewer
 * than k of n tosses of a coin show the same face. The narrowest pair is taken that is at least {@value #WANTED} sure; the lowest
 * and the highest value, and what they are worth, where there are fewer than six: 0.94 of five, 0.75 of three.
 *
 * @param confidence from 0 to 1; 0 of a single value
 */
record Interval(double median, double low, double high, double confidence) {

    private static final double WANTED = 0.95;
    private static final int PERCENT = 100;

    /** @param values at least one */
    static Interval ofMedian(Figures values) {
        int count = values.size();
        int skipped = 0;
        while (2 * (skipped + 1) < count && confidence(count, skipped + 1) >= WANTED) {
            skipped++;
        }
        Figures sorted = values.sorted();
        return new Interval(
                values.median(), sorted.get(skipped), sorted.get(count - 1 - skipped), confidence(count, skipped));
    }

    /** Returns how sure an interval is that leaves out this many values on either side. */
    static double confidence(int count, int skipped) {
        double ways = 1;
        double missing = 0;
        for (int heads = 0; heads <= skipped; heads++) {
            missing += ways;
            ways = ways * (count - heads) / (heads + 1);
        }
        return Math.max(0, 1 - 2 * missing * Math.pow(0.5, count));
    }

    /** Returns it as a cell of a table of ratios; the heading tells how sure it is. */
    String cell() {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", median, low, high);
    }

    /** Returns what to call an interval of so many values. */
    static String name(int count) {
        Figures any = new Figures();
        for (int i = 0; i < count; i++) {
            any.add(i);
        }
        return String.format(Locale.ROOT, "%.0f %% interval of the median", PERCENT * ofMedian(any).confidence);
    }
}
