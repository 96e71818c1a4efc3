package io.inferwatt.exporters.report;

import io.inferwatt.core.report.disclosure.Comparison;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.ModelLine;
import io.inferwatt.exporters.report.Sheet.Cell;
import io.inferwatt.exporters.report.Sheet.Column;
import io.inferwatt.exporters.report.Sheet.Row;
import io.inferwatt.exporters.report.Sheet.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Lays out what the disclosure tells of each model, and of one against another. */
final class ModelTables {

    /** A part that is so large names the whole. */
    private static final double MOST = 0.9;

    private final Disclosure disclosure;
    private final Map<String, String> names = new HashMap<>();

    ModelTables(Disclosure disclosure) {
        this.disclosure = disclosure;
        Map<String, Long> lines =
                disclosure.models().stream().collect(Collectors.groupingBy(ModelLine::model, Collectors.counting()));
        // Where two share a name, here and elsewhere for instance, the id tells them apart.
        disclosure
                .models()
                .forEach(line ->
                        names.put(line.id(), lines.getOrDefault(line.model(), 1L) > 1 ? line.id() : line.model()));
    }

    Table energy() {
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

    Table footprint() {
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

    Table work() {
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

    Table comparisons() {
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
}
