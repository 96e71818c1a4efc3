package io.inferwatt.core.footprint;

/**
 * What a request answers for beyond its joules. Boundary {@code with_idle}, facility level, this machine and others together;
 * central values where they are estimated.
 *
 * @param operationalGrams CO2e of the electricity, location-based, at the intensity of the request's own time; NaN where not known
 * @param embodiedGrams CO2e of making the machines, as far as known
 * @param marketGrams CO2e of the electricity as bought, NaN if nobody said how it is bought or it is not known
 * @param liters water on site and at power plants, NaN where either is not known
 */
public record Footprint(double operationalGrams, double embodiedGrams, double marketGrams, double liters) {

    /** Of a request of which nothing is known. */
    public static final Footprint UNKNOWN = new Footprint(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Returns operational and embodied grams together, location-based. */
    public double grams() {
        return operationalGrams + embodiedGrams;
    }
}
