package io.inferwatt.core.footprint.remote;

/** Arithmetic of 95 % bands whose errors are factors: logarithms of what is independent add up in quadrature. */
final class Bands {

    /** Standard deviations from the middle of a normal distribution to the end of its 95 % band. */
    static final double SIGMAS = 1.96;

    private Bands() {}

    /** Returns the standard deviation of the logarithm for which both ends are those of a 95 % interval. */
    static double sigmaOf(double min, double max) {
        return Math.log(max / min) / (2 * SIGMAS);
    }

    /** Returns the middle of a range of factors. */
    static double geometricMean(double min, double max) {
        return min == max ? min : Math.sqrt(min * max);
    }

    /** Returns the band of a figure. */
    static Range around(double central, double sigma) {
        double factor = Math.exp(SIGMAS * sigma);
        return new Range(central / factor, central, central * factor);
    }

    /** Returns the product of two independent figures; a zero has no band. */
    static Range product(Range a, Range b) {
        double central = a.central() * b.central();
        if (!(a.low() > 0 && b.low() > 0)) {
            return new Range(a.low() * b.low(), central, a.high() * b.high());
        }
        double down = Math.hypot(Math.log(a.central() / a.low()), Math.log(b.central() / b.low()));
        double up = Math.hypot(Math.log(a.high() / a.central()), Math.log(b.high() / b.central()));
        return new Range(central * Math.exp(-down), central, central * Math.exp(up));
    }

    /** Returns the product with all minima below and all maxima above, and the middle between them: as EcoLogits does. */
    static Range extremes(Range a, Range b) {
        return between(a.low() * b.low(), a.high() * b.high());
    }

    static Range between(double low, double high) {
        return new Range(low, low + (high - low) / 2, high);
    }
}
