package io.inferwatt.exporters.report;

import io.inferwatt.core.report.FacilityUse;
import io.inferwatt.core.report.disclosure.Disclosure.Factors;
import io.inferwatt.core.report.disclosure.LocalPart;
import io.inferwatt.core.report.disclosure.ModelLine;
import io.inferwatt.core.report.disclosure.ModelLine.Counts;
import io.inferwatt.core.report.disclosure.ModelLine.Tokens;
import io.inferwatt.core.report.disclosure.RemotePart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The records of one model and operation, added up. */
final class RecordSum {

    private static final double JOULES_PER_KWH = 3.6e6;

    private final String model;
    private final String operation;
    private final Map<String, Long> outcomes = new HashMap<>();
    private final TreeSet<String> methods = new TreeSet<>();
    private final Part here = new Part();
    private final Part elsewhere = new Part();
    private long requests;
    private long items;
    private double seconds;
    private long unread;
    private long requestsUnestimated;
    private long requestsWithParts;
    private long partsUnestimated;
    private boolean anyLocal;
    private double measured;
    private double modelled;
    private double remoteLow;
    private double remoteCentral;
    private double remoteHigh;
    private long estimated;
    private long unestimated;
    private long withoutWater;
    private double market = Double.NaN;
    private double input;
    private double cached;
    private double output;
    private double reasoning;
    private double tokensWithFigure;

    RecordSum(RecordLine.Read read) {
        this.model = read.model();
        this.operation = read.operation();
    }

    /** @param factors in force, null if not known */
    void add(RecordLine.Read read, @Nullable Factors factors) {
        requests += read.requests();
        items += read.items();
        seconds += read.seconds();
        outcomes.merge(read.outcome(), read.requests(), Long::sum);
        boolean unreadHere = Double.isNaN(read.localJoules());
        if (read.remoteUnknown()) {
            requestsUnestimated += read.requests();
        } else if (unreadHere) {
            unread += read.requests(); // told once
        } else if (!read.whole()) {
            requestsWithParts += read.requests();
        }
        if (!unreadHere) {
            anyLocal = true;
            measured += read.quality().equals("measured") ? read.localJoules() : 0;
            modelled += read.quality().equals("measured") ? 0 : read.localJoules();
        }
        if (read.remoteUnknown()) {
            // Calls are counted, not requests: a part told apart is none, and has its joules and grams all the same.
            unestimated++;
            partsUnestimated += read.requests() == 0 ? 1 : 0;
        } else if (read.hasRemote()) {
            estimated++;
            remoteLow += read.remoteLow();
            remoteCentral += read.remoteCentral();
            remoteHigh += read.remoteHigh();
            methods.add(read.method());
            withoutWater += Double.isNaN(read.liters()) ? 1 : 0;
        }
        (read.hasRemote() ? elsewhere : here).add(read, factors);
        market = plus(market, read.marketGrams());
        tokens(read);
    }

    private void tokens(RecordLine.Read read) {
        input += orZero(read.inputTokens());
        cached += orZero(read.cachedTokens());
        output += orZero(read.outputTokens());
        reasoning += orZero(read.reasoningTokens());
        if (!Double.isNaN(read.totalJoules())) {
            tokensWithFigure += orZero(read.inputTokens()) + orZero(read.outputTokens());
        }
    }

    ModelLine line() {
        double unknown = Double.NaN;
        boolean remote = estimated + unestimated > 0;
        LocalPart local = !anyLocal
                ? null
                : LocalPart.of(
                        unknown,
                        unknown,
                        measured + modelled,
                        unknown,
                        unknown,
                        unknown,
                        measured,
                        modelled,
                        here.operational,
                        here.embodied,
                        market,
                        here.litersComplete ? here.liters : unknown,
                        facilityUse());
        boolean any = estimated > 0;
        RemotePart elsewherePart = !remote
                ? null
                : new RemotePart(
                        any ? remoteCentral : unknown,
                        any ? remoteLow : unknown,
                        any ? remoteHigh : unknown,
                        elsewhere.operational,
                        unknown,
                        unknown,
                        elsewhere.embodied,
                        elsewhere.liters,
                        estimated,
                        unestimated,
                        withoutWater,
                        List.copyOf(methods));
        return ModelLine.of(
                model + "/" + operation,
                model,
                operation,
                "",
                "",
                new Counts(
                        requests,
                        outcome("ok"),
                        outcome("error"),
                        outcome("cancelled"),
                        outcome("abandoned"),
                        unread,
                        requestsUnestimated + Math.min(partsUnestimated, requestsWithParts),
                        items,
                        seconds),
                new Tokens(input, cached, output, reasoning, tokensWithFigure),
                local,
                elsewherePart,
                unknown,
                List.of());
    }

    /** What joules met in the building, if the grams and litres that are told of this machine are those of all of its joules. */
    private FacilityUse facilityUse() {
        double unknown = Double.NaN;
        boolean alone = elsewhere.joules == 0;
        boolean water = alone && here.litersComplete && !Double.isNaN(here.liters);
        return new FacilityUse(
                alone && here.gramsComplete ? here.building : unknown,
                here.litersComplete ? measured + modelled : unknown,
                water ? here.building : unknown,
                water ? here.onSite : unknown);
    }

    private double outcome(String label) {
        return outcomes.getOrDefault(label, 0L);
    }

    static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    static double plus(double sum, double more) {
        return Double.isNaN(more) ? sum : orZero(sum) + more;
    }

    private static final class Part {

        private double operational = Double.NaN;
        private double embodied = Double.NaN;
        private double liters = Double.NaN;
        private boolean litersComplete = true;
        private boolean gramsComplete = true;
        private double joules;
        private double building;
        private double onSite;

        void add(RecordLine.Read read, @Nullable Factors factors) {
            double drawn = orZero(read.localJoules());
            if (drawn > 0) {
                joules += drawn;
                building += drawn * (factors == null ? Double.NaN : factors.pue());
                onSite += drawn / JOULES_PER_KWH * (factors == null ? Double.NaN : factors.wueLitersPerKwh());
                gramsComplete &= !Double.isNaN(read.operationalGrams());
            }
            operational = plus(operational, read.operationalGrams());
            embodied = plus(embodied, read.embodiedGrams());
            liters = plus(liters, read.liters());
            litersComplete &= !Double.isNaN(read.liters());
        }
    }
}
