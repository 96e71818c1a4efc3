package io.inferwatt.core.footprint;

/**
 * The building around the machine.
 *
 * @param pue power usage effectiveness: facility energy over IT energy (ISO/IEC 30134-2), at least 1
 * @param source where the figure comes from: {@code configured}, {@code default-cloud} or {@code default-on-premises}
 */
public record Facility(double pue, String source) {

    private static final double JOULES_PER_KWH = 3.6e6;

    public Facility {
        if (!(pue >= 1) || Double.isInfinite(pue)) {
            throw new IllegalArgumentException("PUE must be at least 1 and finite, not " + pue);
        }
    }

    /** Returns operational, location-based grams of CO2e of IT energy drawn in this facility. */
    public double grams(double itJoules, CarbonIntensity intensity) {
        return itJoules * pue / JOULES_PER_KWH * intensity.gramsPerKwh();
    }
}
