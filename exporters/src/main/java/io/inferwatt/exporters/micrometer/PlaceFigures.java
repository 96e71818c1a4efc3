package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.footprint.remote.RemotePlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the places where remote models ran into series, one of each family for a provider and region. */
final class PlaceFigures {

    /** Places exported by name, {@value BoundedNames#OTHER} included. */
    private static final int MAX_PLACES = 16;

    private static final String UNKNOWN = "unknown";

    private final BoundedNames names = new BoundedNames(MAX_PLACES);
    private final SeriesTable table;

    PlaceFigures(SeriesTable table) {
        this.table = table;
    }

    void apply(List<RemotePlace> places) {
        // A place comes again when its grid intensity changes: the last one is in force.
        Map<String, RemotePlace> inForce = new LinkedHashMap<>();
        places.forEach(place -> inForce.put(names.fold(place.provider() + '/' + place.region()), place));
        inForce.forEach(this::show);
    }

    private void show(String name, RemotePlace place) {
        String other = BoundedNames.OTHER;
        if (name.equals(other)) {
            // No intensity: that of one place would pass for that of all, and so would a mean.
            table.add(RemoteCatalogue.PLACE, 1, other, other, other, other);
            return;
        }
        String provider = known(place.provider());
        String region = known(place.region());
        String zone = known(place.grid().zone());
        table.add(RemoteCatalogue.PLACE, 1, provider, region, zone, place.grid().source());
        table.add(RemoteCatalogue.GRID_INTENSITY, place.grid().gramsPerKwh(), provider, region);
    }

    // To Prometheus an empty label is no label.
    private static String known(String label) {
        return label.isEmpty() ? UNKNOWN : label;
    }
}
