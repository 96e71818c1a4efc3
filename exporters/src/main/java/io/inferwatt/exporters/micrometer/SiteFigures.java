package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.CarbonIntensity.Feed;
import io.inferwatt.core.footprint.Facility;

/** Turns the factors in force on this machine into series. */
final class SiteFigures {

    private final SeriesTable table;

    SiteFigures(SeriesTable table) {
        this.table = table;
    }

    void apply(CarbonIntensity intensity, Facility facility) {
        table.add(Catalogue.GRID_INTENSITY, intensity.gramsPerKwh(), intensity.zone(), intensity.source());
        Feed feed = intensity.feed();
        if (feed != null) {
            table.count(Catalogue.GRID_FAILURES, feed.failures(), feed.id());
            if (!Double.isNaN(feed.ageSeconds())) {
                table.add(Catalogue.GRID_AGE, feed.ageSeconds(), feed.zone(), feed.source());
            }
        }
        table.add(Catalogue.PUE, facility.pue());
        if (!Double.isNaN(facility.wueLitersPerKwh())) {
            table.add(Catalogue.WUE, facility.wueLitersPerKwh());
        }
    }
}
