package io.inferwatt.core.footprint.site;

import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.footprint.Facilities;
import io.inferwatt.core.footprint.Facility;
import io.inferwatt.core.footprint.remote.CloudRegions.Region;
import io.inferwatt.core.host.HostFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The building by what is known at a moment: each figure of the settings, else of the region, else an assumption or nothing.
 *
 * @param findings lines for a person: which figures, from whom, and what is missing
 */
record FacilityChoice(Facility facility, List<String> findings) {

    FacilityChoice {
        findings = List.copyOf(findings);
    }

    /** @param found null where no region is known */
    static FacilityChoice of(
            InferwattConfig.Facility settings,
            @Nullable FoundRegion found,
            GridChoice grid,
            PlaceTables tables,
            HostFacts facts) {
        List<String> findings = new ArrayList<>();
        Facilities.Choice usual = Facilities.of(settings.pue(), facts);
        double pue = usual.facility().pue();
        String source = usual.facility().source();
        if (found != null && settings.pue().isEmpty()) {
            pue = found.region().pue();
            source = "region";
            findings.add("PUE: " + pue + " of the region " + found.name() + ", by " + found.how() + "; "
                    + found.region().facilitySource());
        } else {
            findings.addAll(usual.findings());
        }
        double wue = settings.wueLitersPerKwh()
                .orElse(found == null ? Double.NaN : found.region().wue());
        String wueSource =
                settings.wueLitersPerKwh().isPresent() ? "facility.wue" : found == null ? "" : "region " + found.name();
        Region plants = plants(found, grid, tables);
        double ewif = settings.ewifLitersPerKwh().orElse(plants == null ? Double.NaN : plants.ewif());
        String ewifSource = settings.ewifLitersPerKwh().isPresent()
                ? "facility.ewif"
                : plants == null ? "" : plants.ewifSource() + " for " + place(plants, grid);
        boolean known = !Double.isNaN(wue + ewif);
        boolean configured = settings.wueLitersPerKwh().isPresent()
                && settings.ewifLitersPerKwh().isPresent();
        String waterSource = configured ? "configured" : wueSource + "; " + ewifSource;
        findings.add(water(wue, wueSource, ewif, ewifSource));
        return new FacilityChoice(new Facility(pue, source, wue, ewif, known ? waterSource : ""), findings);
    }

    /** Returns a place with the power plants of this grid, null where their water is not known. */
    private static @Nullable Region plants(@Nullable FoundRegion found, GridChoice grid, PlaceTables tables) {
        Region row = grid.row();
        if (row == null && found != null && found.region().country().equals(grid.country())) {
            row = found.region();
        }
        if (row != null && !Double.isNaN(row.ewif())) {
            return row;
        }
        return grid.country().isEmpty() ? null : tables.clouds().waterOf(grid.country());
    }

    private static String place(Region plants, GridChoice grid) {
        return plants.equals(grid.row()) ? grid.intensity().zone() : plants.country();
    }

    private static String water(double wue, String wueSource, double ewif, String ewifSource) {
        if (Double.isNaN(wue + ewif)) {
            String missing = !Double.isNaN(ewif)
                    ? "facility.wue"
                    : !Double.isNaN(wue) ? "facility.ewif" : "facility.wue and facility.ewif";
            return "water: not known, so no litres of this machine are told; set " + missing;
        }
        return "water: " + wue + " litres on site for each kWh of IT energy (" + wueSource + "), " + ewif
                + " litres at power plants for each kWh from the grid (" + ewifSource + ")";
    }
}
