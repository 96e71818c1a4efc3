package io.inferwatt.core.footprint;

/**
 * The building around the machine.
 *
 * @param pue power usage effectiveness: facility energy over IT energy (ISO/IEC 30134-2), at least 1
 * @param source where the figure comes from: {@code configured}, {@code default-cloud}, {@code default-on-premises} or {@code region}
 * @param wueLitersPerKwh litres of water on site for each kWh of IT energy (ISO/IEC 30134-9), NaN where not known
 * @param ewifLitersPerKwh litres of water at power plants for each kWh from the grid, NaN where not known
 * @param waterSource where the two come from, empty where either is not known
 */
public record Facility(double pue, String source, double wueLitersPerKwh, double ewifLitersPerKwh, String waterSource) {

    private static final double JOULES_PER_KWH = 3.6e6;

    public Facility {
        if (!(pue >= 1) || Double.isInfinite(pue)) {
            throw new IllegalArgumentException("PUE must be at least 1 and finite, not " + pue);
        }
    }

    /** A facility whose water is not known. */
    public Facility(double pue, String source) {
        this(pue, source, Double.NaN, Double.NaN, "");
    }

    /** Returns operational, location-based grams of CO2e of IT energy drawn in this facility. */
    public double grams(double itJoules, CarbonIntensity intensity) {
        return grams(itJoules, intensity.gramsPerKwh());
    }

    /** Returns operational grams of CO2e of IT energy, with a grid or contract of that intensity. */
    public double grams(double itJoules, double gramsPerKwh) {
        return itJoules * pue / JOULES_PER_KWH * gramsPerKwh;
    }

    /**
     * Returns litres of water of IT energy, on site and at power plants, NaN where either is not known; of none 0. The water on site is for IT
     * energy, that at power plants for the energy of the whole building.
     */
    public double liters(double itJoules) {
        return itJoules == 0 ? 0 : itJoules / JOULES_PER_KWH * (wueLitersPerKwh + pue * ewifLitersPerKwh);
    }

    /** Returns the part of {@link #liters} that is used on site, NaN where not known. */
    public double onSiteLiters(double itJoules) {
        return itJoules == 0 ? 0 : itJoules / JOULES_PER_KWH * wueLitersPerKwh;
    }

    /** Returns whether {@link #liters} are known. */
    public boolean isWaterKnown() {
        return !Double.isNaN(wueLitersPerKwh + ewifLitersPerKwh);
    }
}
