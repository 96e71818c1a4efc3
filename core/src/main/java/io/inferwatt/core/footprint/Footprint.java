package io.inferwatt.core.footprint;

/**
 * What a request answers for beyond its joules. Boundary {@code with_idle}, facility level, this machine and others together;
 * central values where they are estimated. Where one part is known and another is not, a figure is that of the known one, and says so.
 *
 * @param operationalGrams CO2e of the electricity, location-based, at the intensity of the request's own time; NaN where not known
 * @param embodiedGrams CO2e of making the machines, as far as known; NaN where not known
 * @param marketGrams CO2e of the electricity that this machine drew, as it is bought; NaN if nobody said how. Of other machines it is
 *     never known
 * @param liters water on site and at power plants, NaN where not known
 * @param gramsInPart whether the operational grams of a part are not known
 * @param litersInPart whether the litres of a part are not known
 */
public record Footprint(
        double operationalGrams,
        double embodiedGrams,
        double marketGrams,
        double liters,
        boolean gramsInPart,
        boolean litersInPart) {

    /** Of a request that drew nothing. */
    public static final Footprint NOTHING = new Footprint(0, 0, 0, 0);

    /** Of a request of which nothing is known. */
    public static final Footprint UNKNOWN = new Footprint(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** A footprint whose figures are known or not, as a whole. */
    public Footprint(double operationalGrams, double embodiedGrams, double marketGrams, double liters) {
        this(operationalGrams, embodiedGrams, marketGrams, liters, false, false);
    }

    /** Returns what is known of this and of what was drawn on other machines, of which the market-based figure has no part. */
    public Footprint with(Footprint elsewhere) {
        if (elsewhere.isNothing()) {
            return this;
        }
        if (isNothing()) {
            return elsewhere;
        }
        return new Footprint(
                sum(operationalGrams, elsewhere.operationalGrams),
                sum(embodiedGrams, elsewhere.embodiedGrams),
                marketGrams,
                sum(liters, elsewhere.liters),
                Double.isNaN(operationalGrams) != Double.isNaN(elsewhere.operationalGrams),
                Double.isNaN(liters) != Double.isNaN(elsewhere.liters));
    }

    /** Returns whether nothing was drawn: then there is no part that could be known or not. */
    private boolean isNothing() {
        return operationalGrams == 0 && embodiedGrams == 0 && liters == 0;
    }

    private static double sum(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : one + other;
    }

    /** Returns operational and embodied grams together, location-based, as far as known. */
    public double grams() {
        return sum(operationalGrams, embodiedGrams);
    }
}
