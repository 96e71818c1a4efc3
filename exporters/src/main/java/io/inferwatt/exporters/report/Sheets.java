package io.inferwatt.exporters.report;

import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.Disclosure.Equivalent;
import io.inferwatt.core.report.disclosure.Disclosure.HostPart;
import io.inferwatt.core.report.disclosure.Disclosure.Meter;
import io.inferwatt.core.report.disclosure.Tenants;
import io.inferwatt.core.report.disclosure.Total;
import io.inferwatt.exporters.report.Sheet.Cell;
import io.inferwatt.exporters.report.Sheet.Column;
import io.inferwatt.exporters.report.Sheet.Row;
import io.inferwatt.exporters.report.Sheet.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays a disclosure out in tables; those of single models are in {@link ModelTables}. */
final class Sheets {

    private final Disclosure disclosure;

    private Sheets(Disclosure disclosure) {
        this.disclosure = disclosure;
    }

    static Sheet of(Disclosure disclosure) {
        Sheets sheets = new Sheets(disclosure);
        ModelTables models = new ModelTables(disclosure);
        List<Table> tables = new ArrayList<>();
        tables.add(sheets.total());
        tables.add(models.energy());
        tables.add(models.footprint());
        tables.add(models.work());
        tables.add(models.comparisons());
        tables.add(sheets.tenants());
        tables.add(sheets.host());
        tables.add(sheets.meters());
        tables.add(FactorTables.factors(disclosure));
        tables.add(FactorTables.notKnown(disclosure.notKnown()));
        tables.removeIf(table -> table.rows().isEmpty() && table.notes().isEmpty());
        return new Sheet("What our models draw and emit", sheets.subtitle(), tables);
    }

    private String subtitle() {
        List<String> parts = new ArrayList<>();
        parts.add(
                disclosure.about().service().isEmpty()
                        ? "service without a name"
                        : disclosure.about().service());
        if (!disclosure.about().host().isEmpty()) {
            parts.add("on " + disclosure.about().host());
        }
        if (!disclosure.period().begin().isEmpty()) {
            parts.add("from " + disclosure.period().begin() + " to "
                    + disclosure.period().end());
        }
        parts.add(Amounts.seconds(disclosure.period().seconds()));
        return String.join(", ", parts);
    }

    private Table total() {
        Total total = disclosure.total();
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(line(
                "Energy (IT, with idle)",
                "joules",
                "J",
                Amounts.joules(total.joules()),
                total.joules(),
                "= " + Amounts.kilowattHours(total.kwh()) + "; 95 %: " + Amounts.band(total.low(), total.high())));
        rows.add(line(
                "  on this machine",
                "local_joules",
                "J",
                Amounts.joules(total.localJoules()),
                total.localJoules(),
                shares(total.measuredShare(), total.modelledShare())));
        rows.add(line(
                "  elsewhere",
                "remote_joules",
                "J",
                none(total.remoteJoules(), Amounts.joules(total.remoteJoules())),
                total.remoteJoules(),
                Double.isNaN(total.remoteJoules())
                        ? ""
                        : "estimated " + Amounts.percent(total.estimatedShare()) + " of all"));
        rows.add(line(
                "CO2e, operational",
                "operational_grams",
                "g",
                Amounts.grams(total.operationalGrams()),
                total.operationalGrams(),
                "location-based, with PUE"));
        rows.add(line(
                "CO2e, embodied",
                "embodied_grams",
                "g",
                Amounts.grams(total.embodiedGrams()),
                total.embodiedGrams(),
                "of making the machines, as far as known"));
        rows.add(line("CO2e together", "co2e_grams", "g", Amounts.grams(total.co2eGrams()), total.co2eGrams(), ""));
        if (!Double.isNaN(total.marketGrams())) {
            rows.add(line(
                    "CO2e, market-based",
                    "market_grams",
                    "g",
                    Amounts.grams(total.marketGrams()),
                    total.marketGrams(),
                    "this machine's electricity as bought; in no other figure"));
        }
        rows.add(line("Water", "liters", "L", Amounts.liters(total.liters()), total.liters(), Words.water(total)));
        if (!Double.isNaN(total.trainingGrams())) {
            rows.add(line(
                    "Training, apart",
                    "training_grams",
                    "g",
                    Amounts.grams(total.trainingGrams()),
                    total.trainingGrams(),
                    "the requests' share; in no other figure"));
        }
        rows.add(line(
                "Requests",
                "requests",
                "",
                Amounts.count(total.requests()),
                total.requests(),
                Amounts.count(total.requestsWithFigure()) + " with a figure, " + Amounts.count(total.items())
                        + " items"));
        List<String> notes = new ArrayList<>();
        disclosure.equivalences().stream().map(Equivalent::words).forEach(notes::add);
        return new Table(
                "total",
                "Total",
                List.of(Column.text("figure", "figure"), Column.figure("value", "amount", ""), Column.text("", "how")),
                rows,
                notes);
    }

    private static List<Cell> line(String title, String id, String unit, String text, double value, String how) {
        return List.of(new Cell(title, Double.NaN, id, ""), new Cell(text, value, "", unit), Cell.of(how));
    }

    private static String none(double value, String text) {
        return Double.isNaN(value) ? "none" : text;
    }

    private static String shares(double measured, double modelled) {
        return Double.isNaN(measured)
                ? ""
                : "measured " + Amounts.percent(measured) + " of all, modelled " + Amounts.percent(modelled);
    }

    private Table tenants() {
        Tenants tenants = disclosure.tenants();
        List<List<Cell>> rows = new ArrayList<>();
        for (Tenants.Line line : tenants.lines()) {
            rows.add(new Row()
                    .text(line.name())
                    .count(line.requests())
                    .joules(line.joules())
                    .percent(line.share())
                    .grams(line.grams())
                    .liters(line.liters())
                    .count(line.unknownRequests())
                    .cells());
        }
        List<String> notes = new ArrayList<>();
        if (tenants.different() > 0) {
            notes.add(Amounts.count(tenants.different()) + " tenants: the 1 % that draws most draws "
                    + Amounts.percent(tenants.topPercentShare()) + " of their energy, the 10 % "
                    + Amounts.percent(tenants.topTenthShare()) + "; no tenant's figure is too high by more than "
                    + Amounts.joules(tenants.errorJoules()) + ".");
            List<String> heaviest = tenants.heaviest().stream()
                    .limit(5)
                    .map(heavy -> heavy.id() + " " + Amounts.joules(heavy.joules()))
                    .toList();
            notes.add("The heaviest: " + String.join(", ", heaviest) + ".");
        }
        return new Table(
                "tenants",
                "Who causes it",
                List.of(
                        Column.text("tenant", "tenant"),
                        Column.figure("requests", "requests", ""),
                        Column.figure("joules", "energy", "J"),
                        Column.figure("share", "share", ""),
                        Column.figure("grams", "CO2e", "g"),
                        Column.figure("liters", "water", "L"),
                        Column.figure("unknown_requests", "without figure", "")),
                rows,
                notes);
    }

    private Table host() {
        List<List<Cell>> rows = new ArrayList<>();
        for (HostPart part : disclosure.host()) {
            rows.add(new Row()
                    .text(part.component().toUpperCase(Locale.ROOT))
                    .joules(part.joules())
                    .joules(part.models())
                    .joules(part.idle())
                    .joules(part.idleOfModels())
                    .joules(part.runtime())
                    .joules(part.other())
                    .joules(part.gap())
                    .cells());
        }
        return new Table(
                "host",
                "All that this machine drew",
                List.of(
                        Column.text("component", "part"),
                        Column.figure("joules", "energy", "J"),
                        Column.figure("models", "= models", "J"),
                        Column.figure("idle", "+ idle", "J"),
                        Column.figure("idle_of_models", "(models')", "J"),
                        Column.figure("runtime", "+ runtime", "J"),
                        Column.figure("other", "+ others", "J"),
                        Column.figure("gap", "+ gap", "J")),
                rows,
                rows.isEmpty()
                        ? List.of()
                        : List.of(
                                "models: above idle; (models'): the part of idle that with_idle gives to them; runtime: this JVM"
                                        + " outside model calls; others: other processes; gap: read, explained by nothing."));
    }

    private Table meters() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Meter meter : disclosure.meters()) {
            rows.add(new Row()
                    .text(meter.domain())
                    .text(meter.source())
                    .text(meter.quality())
                    .text(meter.method())
                    .joules(meter.joules())
                    .figure(Words.ratioBand(meter.lowRatio(), meter.highRatio()), Double.NaN)
                    .figure(Amounts.seconds(meter.gapSeconds()), meter.gapSeconds())
                    .text(meter.inForce() ? "yes" : "no")
                    .cells());
        }
        return new Table(
                "meters",
                "Where the joules of this machine come from",
                List.of(
                        Column.text("domain", "domain"),
                        Column.text("source", "source"),
                        Column.text("quality", "quality"),
                        Column.text("method", "divided by"),
                        Column.figure("joules", "energy", "J"),
                        Column.figure("", "95 % band", ""),
                        Column.figure("gap_seconds", "no reading", "s"),
                        Column.text("", "in force")),
                rows,
                List.of());
    }
}
