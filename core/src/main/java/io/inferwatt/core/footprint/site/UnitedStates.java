package io.inferwatt.core.footprint.site;

import io.inferwatt.core.footprint.remote.CloudRegions.Region;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** States of the USA that have a cloud region, whose row holds the figure of the state (ISO 3166-2 codes). */
final class UnitedStates {

    private static final Map<String, String> REGIONS = Map.ofEntries(
            Map.entry("US-AZ", "azure/westus3"),
            Map.entry("US-CA", "aws/us-west-1"),
            Map.entry("US-GA", "azure/eastus3"),
            Map.entry("US-IA", "azure/centralus"),
            Map.entry("US-IL", "azure/northcentralus"),
            Map.entry("US-NV", "gcp/us-west4"),
            Map.entry("US-OH", "aws/us-east-2"),
            Map.entry("US-OR", "aws/us-west-2"),
            Map.entry("US-SC", "gcp/us-east1"),
            Map.entry("US-TX", "azure/southcentralus"),
            Map.entry("US-UT", "gcp/us-west3"),
            Map.entry("US-VA", "aws/us-east-1"),
            Map.entry("US-WA", "azure/westus2"),
            Map.entry("US-WY", "azure/westcentralus"));

    private UnitedStates() {}

    /** Returns a place in that state, null if it is none of these. */
    static @Nullable Region find(String zone, PlaceTables tables) {
        String place = REGIONS.get(zone.strip().toUpperCase(Locale.ROOT));
        if (place == null) {
            return null;
        }
        int slash = place.indexOf('/');
        return tables.clouds().find(place.substring(0, slash), place.substring(slash + 1));
    }
}
