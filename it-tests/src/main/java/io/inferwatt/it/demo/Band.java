package io.inferwatt.it.demo;

/**
 * A figure above 0 and the ends of its 95 % band; the ends are NaN where the band is not known.
 *
 * @param low lower end
 * @param central the figure itself
 * @param high upper end
 */
record Band(double low, double central, double high) {

    /**
     * Returns how many times another figure this one is. The errors are independent, so their logarithms add in quadrature.
     */
    Band over(Band other) {
        double times = central / other.central;
        double down = Math.hypot(Math.log(central / low), Math.log(other.high / other.central));
        double up = Math.hypot(Math.log(high / central), Math.log(other.central / other.low));
        return new Band(times * Math.exp(-down), times, times * Math.exp(up));
    }

    /** Returns this figure with one more source of error, on top of those in its band. */
    Band widened(double relativeStandardError) {
        double more = 1.96 * relativeStandardError;
        return new Band(
                central * Math.exp(-Math.hypot(Math.log(central / low), more)),
                central,
                central * Math.exp(Math.hypot(Math.log(high / central), more)));
    }

    Band dividedBy(double count) {
        return new Band(low / count, central / count, high / count);
    }

    /** Returns whether the whole band lies above a value. */
    boolean isSurelyAbove(double value) {
        return low > value;
    }
}
