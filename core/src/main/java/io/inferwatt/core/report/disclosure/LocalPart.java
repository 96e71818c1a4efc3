package io.inferwatt.core.report.disclosure;

import io.inferwatt.core.report.FacilityUse;

/**
 * What one model drew on this machine. Boundary {@code with_idle}.
 *
 * @param joulesDynamic above idle
 * @param joulesIdleShare its share of idle
 * @param joules both
 * @param sourceLowRatio the true joules of the sources are at least this multiple of those told, 95 %; common to all models
 * @param sourceHighRatio at most this multiple
 * @param divisionError relative standard error of the division among models; NaN where the method does not know it
 * @param low lower end of the 95 % band of {@code joules}
 * @param high upper end
 * @param measuredJoules part of {@code joules} that was read from a counter
 * @param modelledJoules part that a power model computed
 * @param operationalGrams of the electricity, location-based, each joule at the grid's intensity of its own time
 * @param buildingJoules energy of the building for {@code joules}, each joule with the PUE of its own time
 * @param meanPue that PUE, mean over the model's energy
 * @param meanGramsPerKwh intensity of the grid, mean over {@code buildingJoules}
 * @param embodiedGrams of making this machine
 * @param marketGrams of the electricity as bought
 * @param liters on site and at power plants, of {@code waterJoules}
 * @param waterJoules part of {@code joules} that was drawn while the building's water was known
 * @param waterBuildingJoules energy of the building for that part
 * @param onSiteLiters part of {@code liters}; the rest is at power plants
 * @param meanWueLitersPerKwh litres on site, mean over {@code waterJoules}
 * @param meanEwifLitersPerKwh litres at power plants, mean over {@code waterBuildingJoules}
 */
public record LocalPart(
        double joulesDynamic,
        double joulesIdleShare,
        double joules,
        double sourceLowRatio,
        double sourceHighRatio,
        double divisionError,
        double low,
        double high,
        double measuredJoules,
        double modelledJoules,
        double operationalGrams,
        double buildingJoules,
        double meanPue,
        double meanGramsPerKwh,
        double embodiedGrams,
        double marketGrams,
        double liters,
        double waterJoules,
        double waterBuildingJoules,
        double onSiteLiters,
        double meanWueLitersPerKwh,
        double meanEwifLitersPerKwh) {

    static final double JOULES_PER_KWH = 3.6e6;

    private static final double BAND_95 = 1.96;

    /**
     * Returns the part with what follows from the inputs. Of a model with a total alone, {@code joulesDynamic} and
     * {@code joulesIdleShare} are NaN.
     */
    public static LocalPart of(
            double joulesDynamic,
            double joulesIdleShare,
            double joules,
            double sourceLowRatio,
            double sourceHighRatio,
            double divisionError,
            double measuredJoules,
            double modelledJoules,
            double operationalGrams,
            double embodiedGrams,
            double marketGrams,
            double liters,
            FacilityUse facility) {
        LocalBand band = new LocalBand(sourceLowRatio, sourceHighRatio).with(divisionError);
        return new LocalPart(
                joulesDynamic,
                joulesIdleShare,
                joules,
                sourceLowRatio,
                sourceHighRatio,
                divisionError,
                joules * band.lowRatio(),
                joules * band.highRatio(),
                measuredJoules,
                modelledJoules,
                operationalGrams,
                facility.buildingJoules(),
                Known.ratio(facility.buildingJoules(), joules),
                Known.ratio(operationalGrams, facility.buildingJoules() / JOULES_PER_KWH),
                embodiedGrams,
                marketGrams,
                liters,
                facility.waterJoules(),
                facility.waterBuildingJoules(),
                facility.onSiteLiters(),
                Known.ratio(facility.onSiteLiters(), facility.waterJoules() / JOULES_PER_KWH),
                Known.ratio(liters - facility.onSiteLiters(), facility.waterBuildingJoules() / JOULES_PER_KWH));
    }

    /** Returns the lower end of what the division alone leaves open; NaN where its error is not known. */
    double divisionLow() {
        return joules * Math.max(0, 1 - BAND_95 * divisionError);
    }

    double divisionHigh() {
        return joules * (1 + BAND_95 * divisionError);
    }
}
