package io.inferwatt.core.sampling;

/** Power over the last second and coverage over the last five minutes of one domain, from its totals once a second. */
final class PowerWindow {

    private static final int SECONDS = 300;
    private static final double LEAST_JOULES = 1;

    private final long[] totalMicrojoules = new long[SECONDS + 1];
    private final long[] gapMicrojoules = new long[SECONDS + 1];
    private int count;
    private double lastKnownSeconds;
    private double watts = Double.NaN;

    /** Takes the totals of one more second. */
    void add(long total, long gap, double knownSeconds) {
        if (count > 0 && knownSeconds > lastKnownSeconds) {
            watts = (total - totalMicrojoules[slot(count - 1)]) / 1e6 / (knownSeconds - lastKnownSeconds);
        }
        lastKnownSeconds = knownSeconds;
        totalMicrojoules[slot(count)] = total;
        gapMicrojoules[slot(count)] = gap;
        count++;
    }

    /** Returns the mean power since the previous second with a known reading, NaN before there were two. */
    double watts() {
        return watts;
    }

    /** Returns the part of the energy that is explained, NaN if less than a joule was drawn. */
    double coverage() {
        if (count == 0) {
            return Double.NaN;
        }
        int newest = slot(count - 1);
        int oldest = slot(Math.max(0, count - 1 - SECONDS));
        double joules = (totalMicrojoules[newest] - totalMicrojoules[oldest]) / 1e6;
        double gap = (gapMicrojoules[newest] - gapMicrojoules[oldest]) / 1e6;
        return joules < LEAST_JOULES ? Double.NaN : 1 - gap / joules;
    }

    private static int slot(int second) {
        return second % (SECONDS + 1);
    }
}
