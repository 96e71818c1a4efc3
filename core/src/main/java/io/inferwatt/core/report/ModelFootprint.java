package io.inferwatt.core.report;

/**
 * What the calls of one model answer for beyond the joules they drew on this machine; what they drew elsewhere is in
 * {@link RemoteTotals}. Sums since the start; none decreases.
 *
 * @param dynamicGrams operational CO2e of the attributed joules, boundary {@code dynamic}, facility level, location-based, each at the
 *     grid's intensity of its own time
 * @param idleGrams what the boundary {@code with_idle} adds
 * @param embodiedGrams CO2e of making this machine, boundary {@code with_idle}, for the time in which energy was read
 * @param marketGrams operational CO2e as the electricity is bought, boundary {@code with_idle}; NaN if nobody said how
 * @param dynamicLiters water on site and at power plants, boundary {@code dynamic}, of what was drawn while both were
 *     known; NaN where they never were
 * @param idleLiters what the boundary {@code with_idle} adds
 * @param facility what the joules met in the building
 * @param trainingGrams the requests' share of what training the model emitted; NaN if nobody said; never part of another figure
 */
public record ModelFootprint(
        double dynamicGrams,
        double idleGrams,
        double embodiedGrams,
        double marketGrams,
        double dynamicLiters,
        double idleLiters,
        FacilityUse facility,
        double trainingGrams) {

    /** Of a model that drew nothing here. */
    public static final ModelFootprint NONE =
            new ModelFootprint(0, 0, 0, Double.NaN, Double.NaN, Double.NaN, FacilityUse.UNKNOWN, Double.NaN);

    /** Returns operational grams, boundary {@code with_idle}. */
    public double operationalGrams() {
        return dynamicGrams + idleGrams;
    }
}
