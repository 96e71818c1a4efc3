package io.inferwatt.exporters.report;

import io.inferwatt.core.report.disclosure.Disclosure.Factors;
import io.inferwatt.core.report.disclosure.Disclosure.Grid;
import io.inferwatt.core.report.disclosure.Disclosure.Place;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The factors that records tell, and what was drawn while they were in force. One thread. */
final class FactorBooks {

    /** Live grids change every hour: what is beyond that is told as a sum. */
    private static final int MOST_TOLD = 24;

    private static final MathContext DIGITS = new MathContext(9);

    private final Map<Factors, Use> uses = new LinkedHashMap<>();
    private final Map<String, Factors> lastBySeries = new TreeMap<>();
    private String series = "";
    private @Nullable Factors inForce;
    private @Nullable Factors withoutPlaces;
    private double joulesWithout;

    /** Begins a file; the factors of the one before say nothing of it. */
    void beginFile(String ofSeries) {
        series = ofSeries;
        forget();
    }

    void forget() {
        inForce = null;
        withoutPlaces = null;
    }

    void inForce(Factors told) {
        inForce = told;
        withoutPlaces = new Factors(
                told.grid(),
                told.pue(),
                told.pueSource(),
                told.wueLitersPerKwh(),
                told.ewifLitersPerKwh(),
                told.waterSource(),
                told.marketGramsPerKwh(),
                List.of(),
                List.of());
    }

    /** Returns what is in force for the next record, null if not known. */
    @Nullable
    Factors inForce() {
        return inForce;
    }

    void add(RecordLine.Read read, Instant end) {
        Factors key = withoutPlaces;
        Factors told = inForce;
        if (key == null || told == null) {
            joulesWithout += RecordSum.orZero(read.localJoules());
            lastBySeries.remove(series);
        } else {
            uses.computeIfAbsent(key, ignored -> new Use(end)).add(read, end);
            lastBySeries.put(series, told);
        }
    }

    /** Returns those in force at the end of the period, and in words what was drawn with which. */
    Factors factors() {
        List<String> findings = new ArrayList<>();
        findings.add("Factors are those of each record's own time; its grams and litres have them in.");
        double untold = 0;
        int sets = 0;
        for (Map.Entry<Factors, Use> each : uses.entrySet()) {
            if (++sets <= MOST_TOLD) {
                findings.add(words(each.getKey()) + ", " + each.getValue().words());
            } else {
                untold += each.getValue().joules();
            }
        }
        if (sets > MOST_TOLD) {
            findings.add(sets - MOST_TOLD + " more sets of factors are in the records: " + plain(untold) + " J");
        }
        if (joulesWithout > 0) {
            findings.add(
                    plain(joulesWithout) + " J of this machine are in records whose factors are not told, as those of"
                            + " older versions are");
        }
        Set<Place> places = new LinkedHashSet<>();
        lastBySeries.values().forEach(last -> places.addAll(last.places()));
        return new Factors(
                grid(),
                figure(Factors::pue),
                one(lastBySeries.values().stream().map(Factors::pueSource).toList(), "records", "several"),
                figure(Factors::wueLitersPerKwh),
                figure(Factors::ewifLitersPerKwh),
                one(lastBySeries.values().stream().map(Factors::waterSource).toList(), "", "several"),
                figure(Factors::marketGramsPerKwh),
                List.copyOf(places),
                findings);
    }

    private Grid grid() {
        double unknown = Double.NaN;
        return one(
                lastBySeries.values().stream().map(Factors::grid).toList(),
                new Grid(unknown, "", "records", null, ""),
                new Grid(unknown, "", "several", null, ""));
    }

    private double figure(ToDoubleFunction<Factors> of) {
        return one(lastBySeries.values().stream().map(of::applyAsDouble).toList(), Double.NaN, Double.NaN);
    }

    /** Returns what all say; a mean of several would be nobody's. */
    private static <T> T one(List<T> told, T none, T several) {
        Set<T> different = new LinkedHashSet<>(told);
        return different.isEmpty() ? none : different.size() == 1 ? told.get(0) : several;
    }

    private static String words(Factors factors) {
        Grid grid = factors.grid();
        return "Grid " + grid.zone() + " (" + grid.source() + (grid.year() == null ? "" : ", " + grid.year()) + ") "
                + plain(grid.gramsPerKwh()) + " g/kWh, PUE " + plain(factors.pue()) + " (" + factors.pueSource()
                + "), WUE " + plain(factors.wueLitersPerKwh()) + " L/kWh, EWIF " + plain(factors.ewifLitersPerKwh())
                + " L/kWh"
                + (Double.isNaN(factors.marketGramsPerKwh())
                        ? ""
                        : ", as bought " + plain(factors.marketGramsPerKwh()) + " g/kWh");
    }

    /** What an auditor multiplies by hand, so with more digits than people like. */
    private static String plain(double figure) {
        return Double.isNaN(figure)
                ? Amounts.UNKNOWN
                : new BigDecimal(figure).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    /** What was drawn with one set of factors. */
    private static final class Use {

        private Instant first;
        private Instant last;
        private double alone;
        private double together;
        private double grams = Double.NaN;

        Use(Instant end) {
            first = end;
            last = end;
        }

        void add(RecordLine.Read read, Instant end) {
            first = end.isBefore(first) ? end : first;
            last = end.isAfter(last) ? end : last;
            if (read.hasRemote()) {
                together += RecordSum.orZero(read.localJoules());
            } else {
                alone += RecordSum.orZero(read.localJoules());
                grams = RecordSum.plus(grams, read.operationalGrams());
            }
        }

        double joules() {
            return alone + together;
        }

        String words() {
            return Times.text(first) + " to " + Times.text(last) + ": " + plain(alone) + " J, " + plain(grams)
                    + " g operational in requests of this machine alone"
                    + (together > 0 ? "; " + plain(together) + " J in requests that asked others as well" : "");
        }
    }
}
