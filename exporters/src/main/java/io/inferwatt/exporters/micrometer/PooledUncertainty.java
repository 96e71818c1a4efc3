package io.inferwatt.exporters.micrometer;

/**
 * Relative standard uncertainty of joules that have several parts, each with its own. The errors of the parts are taken
 * as fully correlated, the cautious case: they add up linearly. A part whose error is not known counts as wholly unsure.
 */
final class PooledUncertainty {

    /** Of a part that may as well be nothing, or twice as much. */
    private static final double WHOLLY_UNSURE = 1;

    private double joules;
    private double unsureJoules;
    private boolean known;

    /** Returns whether a ratio tells anything: a number of 0 or more that is not infinite. */
    static boolean isKnown(double ratio) {
        return Double.isFinite(ratio) && ratio >= 0;
    }

    /** Adds a part; joules that are no positive number weigh nothing. */
    void add(double joulesOfPart, double ratio) {
        if (Double.isFinite(joulesOfPart) && joulesOfPart > 0) {
            joules += joulesOfPart;
            unsureJoules += joulesOfPart * (isKnown(ratio) ? ratio : WHOLLY_UNSURE);
            known |= isKnown(ratio);
        }
    }

    /** Returns the ratio of all parts together; NaN if no part's is known. */
    double ratio() {
        return known ? unsureJoules / joules : Double.NaN;
    }
}
