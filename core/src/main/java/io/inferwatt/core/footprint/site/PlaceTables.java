package io.inferwatt.core.footprint.site;

import io.inferwatt.core.footprint.CountryGrids;
import io.inferwatt.core.footprint.remote.CloudRegions;
import org.jspecify.annotations.Nullable;

/** The embedded tables, each read when it is first needed: together they cost 20 ms of processor time at the start. One thread at a time. */
final class PlaceTables {

    private @Nullable CloudRegions clouds;
    private @Nullable CountryGrids countries;

    CloudRegions clouds() {
        CloudRegions read = clouds;
        if (read == null) {
            read = CloudRegions.embedded();
            clouds = read;
        }
        return read;
    }

    CountryGrids countries() {
        CountryGrids read = countries;
        if (read == null) {
            read = CountryGrids.embedded();
            countries = read;
        }
        return read;
    }
}
