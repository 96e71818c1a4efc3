package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.input.Bounded;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Places of AWS, Azure and Google Cloud with what their buildings and grids need. Immutable. */
public final class CloudRegions {

    private static final List<String> HEADER = List.of(
            "cloud",
            "region",
            "country",
            "pue",
            "wue_l_per_kwh",
            "facility_source",
            "grid_gco2_per_kwh",
            "grid_source",
            "ewif_l_per_kwh",
            "ewif_source");

    /**
     * One place.
     *
     * @param cloud {@code aws}, {@code azure} or {@code gcp}
     * @param country ISO 3166-1 alpha-2
     * @param wue litres on site for each kWh of IT energy, NaN where not known
     * @param ewif litres at power plants for each kWh from the grid, NaN where not known
     */
    public record Region(
            String cloud,
            String region,
            String country,
            double pue,
            double wue,
            String facilitySource,
            CarbonIntensity grid,
            double ewif,
            String ewifSource) {}

    private final Map<String, Region> regionsByKey = new HashMap<>();
    private final Map<String, Region> waterByCountry = new HashMap<>();

    private CloudRegions(List<Region> regions) {
        Set<String> ambiguous = new HashSet<>();
        for (Region region : regions) {
            regionsByKey.put(key(region.cloud(), region.region()), region);
            if (!Double.isNaN(region.ewif())) {
                Region other = waterByCountry.putIfAbsent(region.country(), region);
                if (other != null && other.ewif() != region.ewif()) {
                    ambiguous.add(region.country());
                }
            }
        }
        waterByCountry.keySet().removeAll(ambiguous);
    }

    /** Reads the table that comes with this library; throws {@link IllegalStateException} where it is damaged. */
    public static CloudRegions embedded() {
        return new CloudRegions(CsvTable.embedded("cloud_regions.csv", HEADER, CloudRegions::region));
    }

    private static Region region(List<String> fields) throws IOException {
        CarbonIntensity grid = new CarbonIntensity(
                CsvTable.positive(fields.get(6), HEADER.get(6), 2000),
                fields.get(1),
                "table",
                fields.get(7),
                OptionalInt.empty());
        return new Region(
                fields.get(0),
                fields.get(1),
                fields.get(2),
                CsvTable.positive(fields.get(3), HEADER.get(3), 5),
                CsvTable.positiveOrUnknown(fields.get(4), HEADER.get(4), 100),
                fields.get(5),
                grid,
                CsvTable.positiveOrUnknown(fields.get(8), HEADER.get(8), 100),
                fields.get(9));
    }

    List<Region> regions() {
        return List.copyOf(regionsByKey.values());
    }

    /** Returns a place, null if the cloud has none of that name; the name in any case, with or without blanks. */
    public @Nullable Region find(String cloud, String region) {
        return regionsByKey.get(key(cloud, region));
    }

    /** Returns a place whose water at power plants holds for all of its country, null if there is none. */
    public @Nullable Region waterOf(String country) {
        return waterByCountry.get(country);
    }

    private static final int LONGEST_NAME = 100;

    private static String key(String cloud, String region) {
        return cloud + '/' + Bounded.lowerCase(region, LONGEST_NAME).replace(" ", "");
    }
}
