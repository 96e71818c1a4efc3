package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.CarbonIntensitySource;
import io.inferwatt.core.footprint.CountryGrids;
import io.inferwatt.core.footprint.remote.CloudRegions.Region;
import io.inferwatt.core.footprint.remote.ProviderFacilities.Facility;
import io.inferwatt.core.footprint.remote.ProviderHosts.Whose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out where a remote model runs, as closely as the target and the settings tell. Immutable. */
final class Places {

    private final ProviderFacilities facilities;
    private final CloudRegions clouds;
    private final CountryGrids countries;
    private final PlaceSettings settings;

    private Places(ProviderFacilities facilities, CloudRegions clouds, CountryGrids countries, PlaceSettings settings) {
        this.facilities = facilities;
        this.clouds = clouds;
        this.countries = countries;
        this.settings = settings;
    }

    /** Reads all tables; what is wrong with the settings becomes lines in {@code problems}. */
    static Places read(InferwattConfig.Remote remote, List<String> problems) {
        ProviderFacilities facilities = ProviderFacilities.embedded();
        CloudRegions clouds = CloudRegions.embedded();
        CountryGrids countries = CountryGrids.embedded();
        return new Places(
                facilities,
                clouds,
                countries,
                PlaceSettings.read(remote.hosts(), remote.regions(), facilities, clouds, countries, problems));
    }

    /** A place whose grid may change while the rest stays. */
    record Place(RemotePlace found, CarbonIntensitySource grid) {

        RemotePlace now() {
            return new RemotePlace(
                    found.provider(),
                    found.region(),
                    grid.current(),
                    found.pue(),
                    found.wueLitersPerKwh(),
                    found.ewifLitersPerKwh(),
                    found.facilitySource(),
                    found.ewifSource(),
                    found.providerMean());
        }
    }

    /** Returns the place of a call: by the setting for its host, by itself, by its host's name, by the setting for its provider. */
    Place of(RemoteTarget target) {
        HostName host = HostName.of(target.host());
        PlaceSettings.Place said = settings.of(host);
        Whose whose = ProviderHosts.of(host);
        String provider = provider(target, said, whose);
        String region = said == null ? "" : said.region();
        if (region.isEmpty()) {
            region = target.region().strip();
        }
        if (region.isEmpty() && whose != null) {
            region = whose.region();
        }
        RemotePlace place = region.isEmpty() ? null : find(provider, provider, region);
        PlaceSettings.Place usual = settings.ofProvider(provider);
        if (place == null && usual != null) {
            place = find(provider, usual.provider(), usual.region());
        }
        RemotePlace found = place == null ? mean(facilities.of(provider), provider) : place;
        return new Place(found, CarbonIntensitySource.fixed(found.grid()));
    }

    private static String provider(RemoteTarget target, PlaceSettings.@Nullable Place said, @Nullable Whose whose) {
        if (said != null) {
            return said.provider();
        }
        if (!target.provider().isBlank()) {
            return ProviderHosts.canonical(target.provider());
        }
        return whose == null ? ProviderFacilities.UNKNOWN : whose.provider();
    }

    /**
     * Returns a region of a cloud or a country, null if the name is neither.
     *
     * @param owner the provider or cloud whose region it is
     */
    private @Nullable RemotePlace find(String provider, String owner, String region) {
        Facility facility = facilities.of(owner);
        Region row = clouds.find(facility.cloud(), region);
        if (row != null) {
            return new RemotePlace(
                    provider,
                    row.region(),
                    row.grid(),
                    Range.exactly(row.pue()),
                    Range.exactly(row.wue()),
                    row.ewif(),
                    row.facilitySource(),
                    row.ewifSource(),
                    false);
        }
        CarbonIntensity grid = countries.find(region);
        if (grid == null) {
            return null;
        }
        Region water = clouds.waterOf(grid.zone());
        boolean ofProvider = water == null && facility.zone().equals(grid.zone());
        return new RemotePlace(
                provider,
                grid.zone(),
                grid,
                facility.pue(),
                facility.wue(),
                water != null ? water.ewif() : ofProvider ? facility.ewif() : Double.NaN,
                facility.facilitySource(),
                water != null ? water.ewifSource() : ofProvider ? facility.ewifSource() : "",
                false);
    }

    private RemotePlace mean(Facility facility, String provider) {
        CarbonIntensity grid = countries.find(facility.zone());
        return new RemotePlace(
                provider,
                "",
                grid == null ? countries.world() : grid,
                facility.pue(),
                facility.wue(),
                facility.ewif(),
                facility.facilitySource(),
                facility.ewifSource(),
                true);
    }
}
