package io.inferwatt.core.sampling;

import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.RemoteEstimate;
import io.inferwatt.core.footprint.remote.Unestimated;
import io.inferwatt.core.report.RemoteTotals;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Adds up what the calls of one model drew on other machines. Sampler thread only. */
final class RemoteAccount {

    private final Sum joules = new Sum();
    private final Sum operationalGrams = new Sum();
    private final Sum embodiedGrams = new Sum();
    private final Sum liters = new Sum();
    private final Map<Unestimated.Reason, RemoteTotals.Count> unestimated = new EnumMap<>(Unestimated.Reason.class);
    private final Set<String> methods = new LinkedHashSet<>();
    private double dynamicJoules;
    private double dynamicOperationalGrams;
    private double dynamicLiters;
    private long estimated;
    private long withoutWater;
    private long requestsUnestimated;
    private long requestsDivided;
    private long parts;
    private long partsUnestimated;

    RemoteAccount() {
        unestimated.putAll(RemoteTotals.NONE.unestimated());
    }

    void add(RemoteEstimate estimate) {
        estimated++;
        methods.add(estimate.method());
        joules.add(estimate.joules());
        dynamicJoules += estimate.joules().central() * estimate.dynamicPart();
        operationalGrams.add(estimate.operationalGrams());
        if (estimate.operationalGrams().isKnown()) {
            dynamicOperationalGrams += estimate.operationalGrams().central() * estimate.dynamicPart();
        }
        embodiedGrams.add(estimate.embodiedGrams());
        if (estimate.liters().isKnown()) {
            liters.add(estimate.liters());
            dynamicLiters += estimate.liters().central() * estimate.dynamicPart();
        } else {
            withoutWater++;
        }
    }

    /** @param requests of a call with an estimate; 0 if it is a part of one */
    void addRequests(long requests) {
        parts += requests == 0 ? 1 : 0;
    }

    /** @param requests of a call without an estimate; 0 if it is a part of one */
    void addUnestimatedRequests(long requests) {
        requestsUnestimated += requests;
        parts += requests == 0 ? 1 : 0;
        partsUnestimated += requests == 0 ? 1 : 0;
    }

    /** Adds requests whose calls were told apart. */
    void addDivided(long requests) {
        requestsDivided += requests;
    }

    void add(Unestimated call, TokenUsage tokens) {
        unestimated.merge(
                call.reason(),
                new RemoteTotals.Count(1, Math.max(0, tokens.input()), Math.max(0, tokens.output())),
                (before, more) -> new RemoteTotals.Count(
                        before.calls() + more.calls(),
                        before.inputTokens() + more.inputTokens(),
                        before.outputTokens() + more.outputTokens()));
    }

    RemoteTotals totals() {
        return new RemoteTotals(
                joules.range(),
                dynamicJoules,
                operationalGrams.range(),
                embodiedGrams.range(),
                liters.range(),
                estimated,
                withoutWater,
                unestimated,
                dynamicOperationalGrams,
                dynamicLiters,
                new RemoteTotals.Requests(requestsUnestimated, requestsDivided, parts, partsUnestimated),
                methods);
    }

    private static final class Sum {

        private double low;
        private double central;
        private double high;

        void add(Range range) {
            if (range.isKnown()) {
                low += range.low();
                central += range.central();
                high += range.high();
            }
        }

        Range range() {
            return new Range(low, central, high);
        }
    }
}
