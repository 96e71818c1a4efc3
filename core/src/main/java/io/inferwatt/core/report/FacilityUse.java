package io.inferwatt.core.report;

/**
 * What lies between the IT energy of a model on this machine and its grams and litres: sums over time, each joule with the factors of its own
 * moment, so that the factors that were in force on the whole follow from them. Boundary {@code with_idle}; NaN is a sum that is not known.
 *
 * @param buildingJoules energy of the building: IT energy times PUE
 * @param waterJoules IT energy that was drawn while the building's water was known
 * @param waterBuildingJoules energy of the building of the same time
 * @param onSiteLiters water used on site in that time; the rest of the litres is that of power plants
 */
public record FacilityUse(double buildingJoules, double waterJoules, double waterBuildingJoules, double onSiteLiters) {

    /** Nothing is known of the building. */
    public static final FacilityUse UNKNOWN = new FacilityUse(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
