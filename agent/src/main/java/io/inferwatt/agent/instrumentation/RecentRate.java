package io.inferwatt.agent.instrumentation;

import io.inferwatt.agent.tracing.CallSpan;
import io.inferwatt.agent.tracing.DistantSpan;
import io.inferwatt.agent.tracing.Tracing;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.UnitTime;
import io.inferwatt.core.report.CallRate;
import org.jspecify.annotations.Nullable;

/**
 * What a call of a local model is likely to have drawn, for the span in which it began: by what calls of the model drew lately, since
 * its own joules are known only up to a second after its end. Costs a call that is linked to no span the look at one field. Safe from all
 * threads; never throws.
 */
final class RecentRate {

    private static volatile @Nullable Rates rates;

    private RecentRate() {}

    static void by(@Nullable Rates meter) {
        rates = meter;
    }

    /** Returns for how long a call has been in flight that its thread is about to end; null if no span needs it. */
    static @Nullable UnitTime timeOf(InferenceCall call) {
        return call.isTraced() && rates != null ? call.unitTime(System.nanoTime()) : null;
    }

    /** Returns the span of a call that its thread has just begun, for who ends it; null if there is none. */
    static @Nullable DistantSpan spanOf(InferenceCall call) {
        return call.isTraced() && call.isRoot() && !call.isReentered() ? Tracing.distant(call) : null;
    }

    /** Tells the span of a call that its thread has just ended, if it still works in that span. */
    static void tell(InferenceCall call, UnitTime time) {
        CallRate rate = rate(time);
        CallSpan span = rate == null ? null : Tracing.of(call);
        if (rate != null && span != null) {
            span.tell(rate, time.unitSeconds());
        }
    }

    /** Tells the span of a call that has just ended. */
    static void tell(DistantSpan span, UnitTime time) {
        CallRate rate = rate(time);
        if (rate != null) {
            span.tell(rate, time.unitSeconds());
        }
    }

    private static @Nullable CallRate rate(UnitTime time) {
        Rates known = rates;
        return known == null ? null : known.of(time.key());
    }
}
