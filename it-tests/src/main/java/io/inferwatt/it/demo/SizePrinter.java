package io.inferwatt.it.demo;

import io.inferwatt.it.demo.EnergyReport.ModelRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes what size costs, and what of it one would not have guessed. Stateless. */
final class SizePrinter {

    private static final String ROW = "%-26s %-10s %10s %12s %14s %12s%n";
    private static final String QUANTISED = "-q";
    private static final String ONE_THREAD = "-1-thread";
    private static final String TWO_THREADS = "-2-threads";

    /** Closer to 1 than this the demo's half minute tells nothing. */
    private static final double SAME = 1.1;

    private SizePrinter() {}

    /** A model that was called, and what the service tells of it. */
    private record Sized(ModelRow row, ModelCard card) {

        String name() {
            return card.name();
        }
    }

    /**
     * Returns the table and the sentences.
     *
     * @param rows figures of the models that were called
     * @param cards of the models, in any order
     */
    static String print(List<ModelRow> rows, List<ModelCard> cards) {
        List<Sized> models = new ArrayList<>();
        for (ModelCard card : cards) {
            rows.stream()
                    .filter(row -> row.name().equals(card.name()))
                    .forEach(row -> models.add(new Sized(row, card)));
        }
        if (models.isEmpty()) {
            return "";
        }
        models.sort(Comparator.comparingLong(model -> model.card().bytes()));
        StringBuilder text =
                new StringBuilder("What size costs, smallest file first (joules per request, with idle):\n");
        table(models, text);
        text.append(
                "The generator has the architecture of Llama and random weights: its energy is real, its text is noise.\n\n");
        for (Sized model : models) {
            String name = model.name();
            if (name.endsWith(ONE_THREAD)) {
                find(models, replaced(name, ONE_THREAD, TWO_THREADS)).ifPresent(two -> threads(model, two, text));
            } else if (name.endsWith(QUANTISED)) {
                find(models, replaced(name, QUANTISED, "")).ifPresent(full -> quantised(model, full, text));
            }
        }
        return text.toString();
    }

    private static void table(List<Sized> models, StringBuilder text) {
        ModelRow cheapest = models.stream()
                .map(Sized::row)
                .min(Comparator.comparingDouble(ModelRow::joulesWithIdlePerRequest))
                .orElseThrow();
        line(text, ROW, "model", "kind", "MB", "J/request", "J/request", "J/request");
        line(text, ROW, "", "", "", "", "of cheapest", "per MB");
        for (Sized model : models) {
            double joules = model.row().joulesWithIdlePerRequest();
            double megabytes = model.card().megabytes();
            line(
                    text,
                    ROW,
                    model.name(),
                    model.card().kind(),
                    ReportPrinter.figure(megabytes),
                    ReportPrinter.figure(joules),
                    times(model.row().timesOf(cheapest)),
                    ReportPrinter.figure(joules / megabytes));
        }
    }

    private static Optional<Sized> find(List<Sized> models, String name) {
        return models.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    private static String replaced(String name, String ending, String by) {
        return name.substring(0, name.length() - ending.length()) + by;
    }

    private static void threads(Sized one, Sized two, StringBuilder text) {
        double times = two.row().timesOf(one.row());
        boolean surprises = times > SAME && isSure(two.row(), one.row());
        line(
                text,
                "%s%s, the same file asked the same, draws %s as much with two threads as with one%s.%n",
                surprises ? "Finding: two threads do not share the work for nothing. " : "",
                replaced(one.name(), ONE_THREAD, ""),
                times(times),
                band(two.row(), one.row()));
    }

    private static void quantised(Sized small, Sized full, StringBuilder text) {
        double bytes = (double) small.card().bytes() / full.card().bytes();
        double joules = small.row().timesOf(full.row());
        boolean dearer = joules > SAME && isSure(small.row(), full.row());
        boolean cheaper = joules < 1 && isSure(full.row(), small.row());
        String verdict = dearer ? "Finding: the smaller file is the dearer one. " : cheaper ? "Quantising pays. " : "";
        line(
                text,
                "%s%s has %.0f %% of the bytes of %s and draws %.0f %% of its joules%s.%n",
                verdict,
                small.name(),
                100 * bytes,
                full.name(),
                100 * joules,
                band(small.row(), full.row()));
    }

    /** Never where the division's error is not known, as with modelled energy. */
    private static boolean isSure(ModelRow row, ModelRow other) {
        double factor = row.factorOfTimes95(other);
        return row.timesOf(other) / factor > 1;
    }

    private static String band(ModelRow row, ModelRow other) {
        double times = row.timesOf(other);
        double factor = row.factorOfTimes95(other);
        return Double.isNaN(factor)
                ? ", how surely is not known here"
                : String.format(
                        Locale.ROOT,
                        " (95 %% band of the ratio %s to %s)",
                        ReportPrinter.figure(times / factor),
                        ReportPrinter.figure(times * factor));
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, ratio < 9.95 ? "%.1f x" : "%.0f x", ratio);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
