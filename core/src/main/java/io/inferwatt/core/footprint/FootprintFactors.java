package io.inferwatt.core.footprint;

/**
 * All that turns joules of this machine into grams and litres.
 *
 * @param grid intensity of the electricity, location-based
 * @param facility the building
 * @param embodied what making the machine emitted
 * @param marketGramsPerKwh intensity of the electricity as bought, NaN if nobody said
 */
public record FootprintFactors(
        CarbonIntensitySource grid, Facility facility, EmbodiedHardware embodied, double marketGramsPerKwh) {

    /** Factors without embodied emissions and without a market-based figure. */
    public FootprintFactors(CarbonIntensitySource grid, Facility facility) {
        this(grid, facility, EmbodiedHardware.UNKNOWN, Double.NaN);
    }
}
