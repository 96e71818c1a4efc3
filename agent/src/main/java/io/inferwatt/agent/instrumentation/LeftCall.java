package io.inferwatt.agent.instrumentation;

import io.inferwatt.agent.tracing.DistantSpan;
import io.inferwatt.core.call.DetachedCall;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.UnitTime;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A call that goes on after the method that began it has returned, with the span that hears at the end what it is likely to have drawn.
 * Safe from all threads.
 */
public final class LeftCall {

    private final DetachedCall call;
    private final AtomicReference<@Nullable DistantSpan> span;

    /** @param span null if none is to be told */
    LeftCall(DetachedCall call, @Nullable DistantSpan span) {
        this.call = call;
        this.span = new AtomicReference<>(span);
    }

    /** Returns the call, for everything but its end. */
    public DetachedCall call() {
        return call;
    }

    /** Ends the call; later ends are ignored. */
    public void finish(Outcome outcome) {
        DistantSpan told = span.getAndSet(null);
        UnitTime time = told == null ? null : call.unitTime(System.nanoTime());
        call.finish(outcome);
        if (told != null && time != null) {
            RecentRate.tell(told, time);
        }
    }
}
