package io.inferwatt.exporters.report;

import io.inferwatt.core.report.disclosure.Comparison;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.Disclosure.Equivalent;
import io.inferwatt.core.report.disclosure.Disclosure.HostPart;
import io.inferwatt.core.report.disclosure.Disclosure.Meter;
import io.inferwatt.core.report.disclosure.ModelLine;
import io.inferwatt.core.report.disclosure.Tenants;
import io.inferwatt.core.report.disclosure.Total;
import io.inferwatt.exporters.report.Sheet.Cell;
import io.inferwatt.exporters.report.Sheet.Column;
import io.inferwatt.exporters.report.Sheet.Row;
import io.inferwatt.exporters.report.Sheet.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Lays a disclosure out in tables. */
final class Sheets {

    /** A part that is so large names the whole. */
    private static final double MOST = 0.9;

    private final Disclosure disclosure;
    private final Map<String, String> names = new HashMap<>();

    private Sheets(Disclosure disclosure) {
        this.disclosure = disclosure;
        Map<String, Long> lines =
                disclosure.models().stream().collect(Collectors.groupingBy(ModelLine::model, Collectors.counting()));
        // Where two share a name, here and elsewhere for instance, the id tells them apart.
        disclosure
                .models()
                .forEach(line ->
                        names.put(line.id(), lines.getOrDefault(line.model(), 1L) > 1 ? line.id() : line.model()));
    }

    static Sheet of(Disclosure disclosure) {
        Sheets sheets = new Sheets(disclosure);
        List<Table> tables = new ArrayList<>();
        tables.add(sheets.total());
        tables.add(sheets.energy());
        tables.add(sheets.footprint());
        tables.add(sheets.work());
        tables.add(sheets.comparisons());
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

    private Table energy() {
        List<List<Cell>> rows = new ArrayList<>();
        for (ModelLine line : disclosure.models()) {
            rows.add(new Row()
                    .named(name(line), line.id())
                    .text(line.operation())
                    .joules(line.joules())
                    .figure(Amounts.band(line.low(), line.high()), Double.NaN)
                    .percent(line.joules() / disclosure.total().joules())
                    .joules(line.joulesPerRequest())
                    .joules(line.joulesPerItem())
                    .text(quality(line))
                    .cells());
        }
        return new Table(
                "energy",
                "Energy of each model (IT, with idle)",
                List.of(
                        Column.text("model", "model"),
                        Column.text("operation", "operation"),
                        Column.figure("joules", "energy", "J"),
                        Column.figure("", "95 % band", ""),
                        Column.figure("share", "share", ""),
                        Column.figure("joules_per_request", "a request", "J"),
                        Column.figure("joules_per_item", "an item", "J"),
                        Column.text("", "quality")),
                rows,
                flagNotes());
    }

    /** Shares are in the JSON. */
    private static String quality(ModelLine line) {
        double largest = Math.max(Math.max(line.measuredShare(), line.modelledShare()), line.estimatedShare());
        if (Double.isNaN(largest)) {
            return Amounts.UNKNOWN;
        }
        String name = largest == line.measuredShare()
                ? "measured"
                : largest == line.modelledShare() ? "modelled" : "estimated";
        return largest >= MOST ? name : "mixed";
    }

    private List<String> flagNotes() {
        Map<String, List<String>> models = new LinkedHashMap<>();
        for (ModelLine line : disclosure.models()) {
            line.flags()
                    .forEach(flag -> models.computeIfAbsent(flag, ignored -> new ArrayList<>())
                            .add(name(line)));
        }
        List<String> notes = new ArrayList<>();
        models.forEach((flag, names) -> notes.add(Words.flag(flag) + ": " + String.join(", ", names) + "."));
        return notes;
    }

    private String name(ModelLine line) {
        return names.getOrDefault(line.id(), line.model());
    }

    private Table footprint() {
        List<List<Cell>> rows = new ArrayList<>();
        for (ModelLine line : disclosure.models()) {
            rows.add(new Row()
                    .named(name(line), line.id())
                    .text(line.operation())
                    .grams(line.operationalGrams())
                    .grams(line.embodiedGrams())
                    .liters(line.liters())
                    .grams(line.sciGramsPerRequest())
                    .grams(line.sciGramsPerThousandTokens())
                    .cells());
        }
        List<String> notes = new ArrayList<>();
        each(notes, "Market-based, of this machine: ", ModelLine::marketGrams);
        each(notes, "Share of training, apart: ", ModelLine::trainingGrams);
        return new Table(
                "footprint",
                "CO2e and water of each model; SCI as ISO/IEC 21031:2024",
                List.of(
                        Column.text("model", "model"),
                        Column.text("operation", "operation"),
                        Column.figure("operational_grams", "operational", "g"),
                        Column.figure("embodied_grams", "embodied", "g"),
                        Column.figure("liters", "water", "L"),
                        Column.figure("sci_grams_per_request", "SCI, request", "g"),
                        Column.figure("sci_grams_per_thousand_tokens", "1000 tokens", "g")),
                rows,
                notes);
    }

    private void each(List<String> notes, String title, ToDoubleFunction<ModelLine> grams) {
        List<String> told = disclosure.models().stream()
                .filter(line -> !Double.isNaN(grams.applyAsDouble(line)))
                .map(line -> name(line) + " " + Amounts.grams(grams.applyAsDouble(line)))
                .toList();
        if (!told.isEmpty()) {
            notes.add(title + String.join(", ", told) + ".");
        }
    }

    private Table work() {
        List<List<Cell>> rows = new ArrayList<>();
        for (ModelLine line : disclosure.models()) {
            rows.add(new Row()
                    .named(name(line), line.id())
                    .text(line.operation())
                    .count(line.counts().requests())
                    .count(line.counts().requests() - line.counts().ok())
                    .figure(Amounts.number(line.meanBatch()), line.meanBatch())
                    .count(line.tokens().input())
                    .count(line.tokens().cached())
                    .count(line.tokens().output())
                    .count(line.tokens().reasoning())
                    .cells());
        }
        return new Table(
                "work",
                "Requests, items of each, and tokens",
                List.of(
                        Column.text("model", "model"),
                        Column.text("operation", "operation"),
                        Column.figure("requests", "requests", ""),
                        Column.figure("requests_not_ok", "not ok", ""),
                        Column.figure("mean_batch", "items", ""),
                        Column.figure("tokens_input", "tokens in", ""),
                        Column.figure("tokens_cached", "cached", ""),
                        Column.figure("tokens_output", "out", ""),
                        Column.figure("tokens_reasoning", "reasoning", "")),
                rows,
                List.of());
    }

    private Table comparisons() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Comparison pair : disclosure.comparisons()) {
            String from = names.getOrDefault(pair.from(), pair.from());
            String to = names.getOrDefault(pair.to(), pair.to());
            rows.add(new Row()
                    .text("all " + Amounts.count(pair.items()) + " items of " + from + " to " + to)
                    .joules(pair.fromJoulesPerItem())
                    .joules(pair.toJoulesPerItem())
                    .figure(
                            Amounts.number(pair.fromMeanBatch()) + " / " + Amounts.number(pair.toMeanBatch()),
                            Double.NaN)
                    .joules(pair.joulesSaved())
                    .grams(pair.gramsSaved())
                    .text(Words.verdict(pair))
                    .cells());
        }
        return new Table(
                "comparisons",
                "Small against large: had all items of one model gone to another",
                List.of(
                        Column.text("pair", "move"),
                        Column.figure("from_joules_per_item", "now, an item", "J"),
                        Column.figure("to_joules_per_item", "then", "J"),
                        Column.figure("", "batch", ""),
                        Column.figure("joules_saved", "saved", "J"),
                        Column.figure("grams_saved", "CO2e saved", "g"),
                        Column.text("verdict", "how sure")),
                rows,
                rows.isEmpty()
                        ? List.of()
                        : List.of(
                                "Same operation, joules for an item at the batch shown. It says nothing of how good the answers"
                                        + " would be."));
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
