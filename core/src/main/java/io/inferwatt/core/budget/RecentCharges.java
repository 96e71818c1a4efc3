package io.inferwatt.core.budget;

import java.util.Arrays;

/** How fast a budget was charged over the last minutes, by a clock that nobody puts back. One thread. */
final class RecentCharges {

    private static final int PARTS = 60;

    /** Before this a mean says nothing. */
    private static final double SHORTEST_SECONDS = 60;

    private final long partNanos;
    private final double[] amounts = new double[PARTS];
    private final long beginNanos;
    private long newest;

    RecentCharges(long lengthNanos, long nowNanos) {
        partNanos = lengthNanos / PARTS;
        beginNanos = nowNanos;
    }

    private void moveTo(long nowNanos) {
        long part = Math.max(newest, (nowNanos - beginNanos) / partNanos);
        if (part - newest >= PARTS) {
            Arrays.fill(amounts, 0);
        } else {
            for (long each = newest + 1; each <= part; each++) {
                amounts[(int) (each % PARTS)] = 0;
            }
        }
        newest = part;
    }

    void add(double amount, long nowNanos) {
        moveTo(nowNanos);
        amounts[(int) (newest % PARTS)] += amount;
    }

    /** Returns the mean per second over the window, or since the begin where that is shorter; NaN in the first minute. */
    double perSecond(long nowNanos) {
        moveTo(nowNanos);
        double elapsed = (nowNanos - beginNanos) / 1e9;
        if (elapsed < SHORTEST_SECONDS) {
            return Double.NaN;
        }
        double covered = (nowNanos - beginNanos - Math.max(0, newest - PARTS + 1) * partNanos) / 1e9;
        double sum = 0;
        for (double part : amounts) {
            sum += part;
        }
        return sum / covered;
    }
}
