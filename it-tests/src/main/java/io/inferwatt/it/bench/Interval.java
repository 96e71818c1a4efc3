package io.inferwatt.it.bench;

import java.util.Locale;
import java.util.Random;

/**
 * How sure a median is: of 95 in 100 samples drawn from the values, with replacement, the median lies in between (percentile
 * bootstrap: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, section 13.3). Few values give a narrow one too easily.
 */
record Interval(double median, double low, double high) {

    private static final int SAMPLES = 10_000;
    private static final double TAIL = 0.025;
    private static final long SEED = 1;

    static Interval ofMedian(Figures values) {
        Random random = new Random(SEED);
        Figures medians = new Figures();
        for (int i = 0; i < SAMPLES; i++) {
            Figures sample = new Figures();
            for (int j = 0; j < values.size(); j++) {
                sample.add(values.get(random.nextInt(values.size())));
            }
            medians.add(sample.median());
        }
        return new Interval(values.median(), medians.quantile(TAIL), medians.quantile(1 - TAIL));
    }

    /** Returns it as a cell of a table of ratios. */
    String cell() {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", median, low, high);
    }
}
