package io.inferwatt.core.report;

import io.inferwatt.core.footprint.Facility;

/** What joules met in a building that was the same all the time. */
public final class FacilityUseOf {

    private FacilityUseOf() {}

    public static FacilityUse constant(double joules, Facility facility) {
        double building = joules * facility.pue();
        return facility.isWaterKnown()
                ? new FacilityUse(building, joules, building, facility.onSiteLiters(joules))
                : new FacilityUse(building, Double.NaN, Double.NaN, Double.NaN);
    }
}
