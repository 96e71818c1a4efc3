package io.inferwatt.agent.instrumentation;

import io.inferwatt.agent.tracing.DistantSpan;
import io.inferwatt.core.call.OpenCall;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.UnitTime;
import org.jspecify.annotations.Nullable;

/**
 * A call that an application holds in its hands, with the span that hears at the end what it is likely to have drawn. For any thread, like
 * {@link OpenCall}.
 */
public final class HeldCall {

    private final OpenCall call;
    private final @Nullable DistantSpan span;

    HeldCall(OpenCall call, @Nullable DistantSpan span) {
        this.call = call;
        this.span = span;
    }

    /** Ends the call, if it has not ended. */
    public void finish(Outcome outcome) {
        UnitTime time = span == null ? null : call.unitTime(System.nanoTime());
        call.finish(outcome);
        if (span != null && time != null) {
            RecentRate.tell(span, time);
        }
    }
}
