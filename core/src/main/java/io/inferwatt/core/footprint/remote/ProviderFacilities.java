package io.inferwatt.core.footprint.remote;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is assumed of a provider where the place is not known. Immutable. */
final class ProviderFacilities {

    /** The row of hosts that nobody knows. */
    static final String UNKNOWN = "unknown";

    private static final List<String> HEADER = List.of(
            "provider",
            "cloud",
            "zone",
            "pue_min",
            "pue_max",
            "wue_min_l_per_kwh",
            "wue_max_l_per_kwh",
            "ewif_l_per_kwh",
            "facility_source",
            "ewif_source");

    /**
     * One provider.
     *
     * @param cloud where its regions are found, empty if it has none of its own
     * @param zone of the grid, as in {@code carbon.zone}
     * @param wue litres on site for each kWh of IT energy, or unknown
     * @param ewif litres at power plants for each kWh from the grid, NaN where not known
     */
    record Facility(
            String provider,
            String cloud,
            String zone,
            Range pue,
            Range wue,
            double ewif,
            String facilitySource,
            String ewifSource) {}

    private final Map<String, Facility> facilitiesByProvider = new HashMap<>();
    private final Facility unknown;

    private ProviderFacilities(List<Facility> facilities) {
        for (Facility facility : facilities) {
            facilitiesByProvider.put(facility.provider(), facility);
        }
        Facility none = facilitiesByProvider.get(UNKNOWN);
        if (none == null) {
            throw new IllegalStateException("the table provider_facility.csv has no row " + UNKNOWN);
        }
        this.unknown = none;
    }

    /** Reads the table that comes with this library; throws {@link IllegalStateException} where it is damaged. */
    static ProviderFacilities embedded() {
        return new ProviderFacilities(CsvTable.embedded("provider_facility.csv", HEADER, ProviderFacilities::facility));
    }

    private static Facility facility(List<String> fields) throws IOException {
        return new Facility(
                fields.get(0),
                fields.get(1),
                fields.get(2),
                range(fields, 3, 5),
                fields.get(5).isEmpty() ? Range.UNKNOWN : range(fields, 5, 100),
                CsvTable.positiveOrUnknown(fields.get(7), HEADER.get(7), 100),
                fields.get(8),
                fields.get(9));
    }

    private static Range range(List<String> fields, int column, double max) throws IOException {
        double low = CsvTable.positive(fields.get(column), HEADER.get(column), max);
        double high = CsvTable.positive(fields.get(column + 1), HEADER.get(column + 1), max);
        return new Range(low, Bands.geometricMean(low, high), high);
    }

    boolean knows(String provider) {
        return facilitiesByProvider.containsKey(provider);
    }

    /** Returns the names of all providers, in order. */
    Set<String> providers() {
        return new TreeSet<>(facilitiesByProvider.keySet());
    }

    /** Returns the row of a provider in the words of the table, that of unknown ones for all others. */
    Facility of(String provider) {
        return facilitiesByProvider.getOrDefault(provider, unknown);
    }
}
