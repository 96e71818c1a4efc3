package io.inferwatt.exporters.report;

import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.Disclosure.Factors;
import io.inferwatt.core.report.disclosure.Disclosure.Grid;
import io.inferwatt.core.report.disclosure.Disclosure.NotKnown;
import io.inferwatt.core.report.disclosure.Disclosure.Place;
import io.inferwatt.core.report.disclosure.Total;
import io.inferwatt.exporters.report.Sheet.Cell;
import io.inferwatt.exporters.report.Sheet.Column;
import io.inferwatt.exporters.report.Sheet.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lays out the factors that are in force, each with its source, and what is not known. */
final class FactorTables {

    /** Sums over many ticks differ in their last digits. */
    private static final double SAME = 1e-9;

    private FactorTables() {}

    static Table factors(Disclosure disclosure) {
        Factors factors = disclosure.factors();
        List<List<Cell>> rows = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>();
        rows.add(row(
                "Grid of this machine",
                "grid_grams_per_kwh",
                factors.grid().gramsPerKwh(),
                "g/kWh",
                source(factors.grid())));
        cite(factors.grid(), notes);
        rows.add(row("PUE of this building", "pue", factors.pue(), "", factors.pueSource()));
        rows.add(row(
                "WUE, water on site", "wue_liters_per_kwh", factors.wueLitersPerKwh(), "L/kWh", factors.waterSource()));
        rows.add(row(
                "EWIF, water at power plants",
                "ewif_liters_per_kwh",
                factors.ewifLitersPerKwh(),
                "L/kWh",
                factors.waterSource()));
        rows.addAll(means(disclosure.total(), factors));
        if (!Double.isNaN(factors.marketGramsPerKwh())) {
            rows.add(row(
                    "Electricity as bought",
                    "market_grams_per_kwh",
                    factors.marketGramsPerKwh(),
                    "g/kWh",
                    "configured"));
        }
        for (Place place : factors.places()) {
            String where = place.provider() + (place.region().isEmpty() ? "" : " " + place.region());
            rows.add(row(
                    where + ", grid",
                    where + " grid_grams_per_kwh",
                    place.grid().gramsPerKwh(),
                    "g/kWh",
                    source(place.grid())));
            rows.add(row(
                    where + ", PUE",
                    where + " pue",
                    place.pue(),
                    "",
                    place.facilitySource() + (place.providerMean() ? ", a mean: the region is not known" : "")));
            cite(place.grid(), notes);
        }
        // Findings of the meter cite their sources themselves.
        notes.removeIf(note -> factors.findings().stream()
                .anyMatch(finding -> finding.endsWith(note.substring(note.indexOf(": ") + 2))));
        notes.addAll(factors.findings());
        return new Table(
                "factors",
                "Factors",
                List.of(
                        Column.text("factor", "factor"),
                        Column.figure("value", "figure", ""),
                        Column.text("", "source")),
                rows,
                List.copyOf(notes));
    }

    /** What grams and litres come to over the whole period, where that is something else than what is in force at its end. */
    private static List<List<Cell>> means(Total total, Factors factors) {
        List<List<Cell>> rows = new ArrayList<>();
        String energy = "by the joules of the models here";
        String building = "by the joules of the building";
        double grid = factors.grid().gramsPerKwh();
        mean(rows, "Grid of this machine", "grid_grams_per_kwh", total.meanGramsPerKwh(), grid, "g/kWh", building);
        mean(rows, "PUE of this building", "pue", total.meanPue(), factors.pue(), "", energy);
        double wue = factors.wueLitersPerKwh();
        mean(rows, "WUE", "wue_liters_per_kwh", total.meanWueLitersPerKwh(), wue, "L/kWh", energy + ", where known");
        double ewif = factors.ewifLitersPerKwh();
        mean(
                rows,
                "EWIF",
                "ewif_liters_per_kwh",
                total.meanEwifLitersPerKwh(),
                ewif,
                "L/kWh",
                building + ", where known");
        return rows;
    }

    private static void mean(
            List<List<Cell>> rows, String name, String id, double mean, double inForce, String unit, String source) {
        boolean same = Math.abs(mean - inForce) <= SAME * Math.abs(mean);
        if (!Double.isNaN(mean) && !same) {
            rows.add(row(name + ", mean", "mean_" + id, mean, unit, source));
        }
    }

    private static void cite(Grid grid, Set<String> notes) {
        if (!grid.citation().isEmpty()) {
            notes.add("Grid " + grid.zone() + ": " + grid.citation());
        }
    }

    private static String source(Grid grid) {
        return grid.zone() + ", " + grid.source() + (grid.year() == null ? "" : ", " + grid.year());
    }

    private static List<Cell> row(String title, String id, double value, String unit, String source) {
        String text = Amounts.number(value) + (unit.isEmpty() || Double.isNaN(value) ? "" : " " + unit);
        return List.of(new Cell(title, Double.NaN, id, ""), new Cell(text, value, "", unit), Cell.of(source));
    }

    static Table notKnown(NotKnown notKnown) {
        List<List<Cell>> rows = new ArrayList<>();
        count(rows, "Requests without a figure", "requests_without_figure", notKnown.requestsWithoutFigure());
        notKnown.reasons()
                .forEach(reason -> count(
                        rows,
                        "  because: " + reason.reason().replace('_', ' '),
                        "reason " + reason.reason(),
                        reason.requests()));
        if (notKnown.gapSeconds() > 0) {
            rows.add(List.of(
                    new Cell("Time without a reading", Double.NaN, "gap_seconds", ""),
                    new Cell(Amounts.seconds(notKnown.gapSeconds()), notKnown.gapSeconds(), "", "s")));
        }
        count(rows, "Calls whose record was lost", "dropped_calls", notKnown.droppedCalls());
        count(rows, "Models folded into 'other'", "folded_models", notKnown.foldedModels());
        count(rows, "Records that could not be read", "skipped_records", notKnown.skippedRecords());
        return new Table(
                "not_known",
                "What is not known",
                List.of(Column.text("what", "what"), Column.figure("value", "how much", "")),
                rows,
                notKnown.notes());
    }

    private static void count(List<List<Cell>> rows, String title, String id, double count) {
        if (count > 0) {
            rows.add(List.of(new Cell(title, Double.NaN, id, ""), new Cell(Amounts.count(count), count, "", "")));
        }
    }
}
