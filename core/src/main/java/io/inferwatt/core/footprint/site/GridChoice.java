package io.inferwatt.core.footprint.site;

import io.inferwatt.core.config.InferwattConfig.Carbon;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.CarbonIntensitySources;
import io.inferwatt.core.footprint.remote.CloudRegions.Region;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The intensity of the grid by what is known at a moment.
 *
 * @param country ISO 3166-1 alpha-2 of the grid, empty where not known
 * @param row of the table of cloud regions that the figure was taken from, null if from elsewhere
 * @param findings lines for a person: which figure, from whom, of which year, and why that one
 */
record GridChoice(
        CarbonIntensity intensity, String country, @Nullable Region row, List<String> findings) {

    GridChoice {
        findings = List.copyOf(findings);
    }

    /**
     * Chooses: the figure in the settings, a region that somebody named, the zone, a region that the environment tells, the world.
     *
     * @param region null where none is known
     */
    static GridChoice of(Carbon carbon, @Nullable FoundRegion region, PlaceTables tables, Clock clock) {
        String zone = carbon.zone().orElse("");
        if (carbon.intensityGramsPerKwh().isPresent()) {
            return ofSettings(carbon, countryOf(zone, region, tables), clock);
        }
        Region state = UnitedStates.find(zone, tables);
        if (region != null && (!region.isGuess() || isCloser(region, zone, state, tables))) {
            return ofRow(
                    region.region(),
                    region.region().grid().zone(),
                    "of the region " + region.name() + ", by " + region.how(),
                    tables);
        }
        if (state != null) {
            return ofRow(state, zone.strip().toUpperCase(Locale.ROOT), "by carbon.zone", tables);
        }
        CarbonIntensitySources.Choice choice = CarbonIntensitySources.of(carbon, clock);
        CarbonIntensity found = choice.source().current();
        return new GridChoice(found, countryOf(found), null, choice.findings());
    }

    /** A guess gives way to the zone, unless the table has nothing as close for that. */
    private static boolean isCloser(FoundRegion region, String zone, @Nullable Region state, PlaceTables tables) {
        if (zone.isEmpty()) {
            return true;
        }
        boolean known = state != null || tables.countries().find(zone) != null;
        return !known
                && (zone.indexOf('-') != 2
                        || zone.regionMatches(true, 0, region.region().country(), 0, 2));
    }

    private static GridChoice ofSettings(Carbon carbon, String country, Clock clock) {
        CarbonIntensitySources.Choice choice = CarbonIntensitySources.of(carbon, clock);
        return new GridChoice(choice.source().current(), country, null, choice.findings());
    }

    private static GridChoice ofRow(Region row, String zone, String because, PlaceTables tables) {
        CarbonIntensity grid = row.grid();
        CarbonIntensity ofCountry = tables.countries().find(row.country());
        // The row states no year. Where it has the figure of its country it has the year of that.
        OptionalInt year = ofCountry != null && ofCountry.gramsPerKwh() == grid.gramsPerKwh()
                ? ofCountry.year()
                : OptionalInt.empty();
        CarbonIntensity intensity = new CarbonIntensity(grid.gramsPerKwh(), zone, grid.source(), grid.citation(), year);
        List<String> findings = new ArrayList<>();
        findings.add("grid carbon intensity: " + grid.gramsPerKwh() + " g CO2e/kWh, zone " + zone + ' ' + because
                + ", year " + (year.isPresent() ? year.getAsInt() : "not stated") + "; " + grid.citation());
        return new GridChoice(intensity, row.country(), row, findings);
    }

    /** A group of countries and the world have codes of three letters and more. */
    private static String countryOf(CarbonIntensity ofTable) {
        return ofTable.zone().length() == 2 ? ofTable.zone() : "";
    }

    private static String countryOf(String zone, @Nullable FoundRegion region, PlaceTables tables) {
        CarbonIntensity found = zone.isEmpty() ? null : tables.countries().find(zone);
        if (found == null && zone.indexOf('-') == 2) {
            found = tables.countries().find(zone.substring(0, 2));
        }
        if (found != null) {
            return countryOf(found);
        }
        return region == null ? "" : region.region().country();
    }
}
