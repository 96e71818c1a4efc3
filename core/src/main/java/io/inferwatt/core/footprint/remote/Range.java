package io.inferwatt.core.footprint.remote;

/**
 * A figure and how sure it is: with 95 % confidence it lies between the ends. All three are NaN where the figure is not known.
 *
 * @param low lower end
 * @param central the figure to show where there is room for one
 * @param high upper end
 */
public record Range(double low, double central, double high) {

    /** Not known; never to be shown or added as zero. */
    public static final Range UNKNOWN = new Range(Double.NaN, Double.NaN, Double.NaN);

    /** Returns a figure that is taken as certain. */
    public static Range exactly(double value) {
        return new Range(value, value, value);
    }

    public boolean isKnown() {
        return !Double.isNaN(central);
    }

    Range times(double factor) {
        return new Range(low * factor, central * factor, high * factor);
    }
}
