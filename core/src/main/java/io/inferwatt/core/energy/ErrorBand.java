package io.inferwatt.core.energy;

import org.jspecify.annotations.Nullable;

/**
 * Where the true figure lies with a probability of 95 %, as multiples of the figure reported. The two sides differ where
 * errors multiply rather than add: what is off by a factor of two may be half or twice as much, never below zero.
 *
 * @param lowRatio the true figure is at least this multiple, from 0 to 1
 * @param highRatio the true figure is at most this multiple, 1 or more
 */
public record ErrorBand(double lowRatio, double highRatio) {

    /** Of a figure without error, or of none. */
    public static final ErrorBand NONE = new ErrorBand(1, 1);

    /** Half width of a normal 95 % band in standard deviations. */
    private static final double NORMAL_95 = 1.96;

    public ErrorBand {
        if (!(lowRatio >= 0 && lowRatio <= 1 && highRatio >= 1) || Double.isInfinite(highRatio)) {
            throw new IllegalArgumentException("no band around 1: " + lowRatio + " to " + highRatio);
        }
    }

    /** Returns the band of an error that adds: symmetric, cut at zero. */
    public static ErrorBand normal(double relativeStandardUncertainty) {
        double half = NORMAL_95 * relativeStandardUncertainty;
        return new ErrorBand(Math.max(0, 1 - half), 1 + half);
    }

    /**
     * Returns the band of an error that multiplies.
     *
     * @param medianRatio median of the true over the reported figure
     * @param logDeviation standard deviation of the natural logarithm of that ratio
     */
    public static ErrorBand logNormal(double medianRatio, double logDeviation) {
        double half = NORMAL_95 * logDeviation;
        return new ErrorBand(Math.min(1, medianRatio * Math.exp(-half)), Math.max(1, medianRatio * Math.exp(half)));
    }

    /** Returns the band in per cent for a person: {@code ±6 %}, or {@code -42 to +139 %} where the sides differ. */
    public String inWords() {
        long low = Math.round(100 * (1 - lowRatio));
        long high = Math.round(100 * (highRatio - 1));
        return low == high ? "±" + high + " %" : "-" + low + " to +" + high + " %";
    }

    // Written out: what the compiler makes for a record costs 20 ms of processor time at the first use.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ErrorBand that
                && Double.compare(lowRatio, that.lowRatio) == 0
                && Double.compare(highRatio, that.highRatio) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(lowRatio) + Double.hashCode(highRatio);
    }
}
