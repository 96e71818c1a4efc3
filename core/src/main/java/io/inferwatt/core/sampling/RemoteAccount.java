package io.inferwatt.core.sampling;

import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.RemoteEstimate;
import io.inferwatt.core.footprint.remote.Unestimated;
import io.inferwatt.core.report.RemoteTotals;
import java.util.EnumMap;
import java.util.Map;

/** Adds up what the calls of one model drew on other machines. Sampler thread only. */
final class RemoteAccount {

    private final Sum joules = new Sum();
    private final Sum operationalGrams = new Sum();
    private final Sum embodiedGrams = new Sum();
    private final Sum liters = new Sum();
    private final Map<Unestimated.Reason, RemoteTotals.Count> unestimated = new EnumMap<>(Unestimated.Reason.class);
    private double dynamicJoules;
    private long estimated;
    private long withoutWater;

    RemoteAccount() {
        unestimated.putAll(RemoteTotals.NONE.unestimated());
    }

    void add(RemoteEstimate estimate) {
        estimated++;
        joules.add(estimate.joules());
        dynamicJoules += estimate.joules().central() * estimate.dynamicPart();
        operationalGrams.add(estimate.operationalGrams());
        embodiedGrams.add(estimate.embodiedGrams());
        if (estimate.liters().isKnown()) {
            liters.add(estimate.liters());
        } else {
            withoutWater++;
        }
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
                unestimated);
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
