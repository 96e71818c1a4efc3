package io.inferwatt.agent.instrumentation;

import io.inferwatt.agent.tracing.CallSpan;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.footprint.remote.RemoteResult;

/** A call of a remote model in a span of the application, which is told at its end what the call drew. */
final class TracedCall {

    private static final double NANOS_PER_SECOND = 1e9;

    private final CallSpan span;
    private final long images;
    private final long beginNanos = System.nanoTime();

    TracedCall(CallSpan span, Work work, long units) {
        this.span = span;
        this.images = work == Work.IMAGE ? units : 0;
    }

    CallSpan span() {
        return span;
    }

    /** Tells what is known at the end; nothing, if the meter has not started yet or not read its tables. Never throws. */
    void end(RemoteTarget target, TokenUsage usage, Outcome outcome) {
        Estimator estimator = RemoteCalls.estimator();
        if (estimator == null) {
            return;
        }
        try {
            double seconds = (System.nanoTime() - beginNanos) / NANOS_PER_SECOND;
            boolean failed = outcome == Outcome.ERROR || outcome == Outcome.ABANDONED;
            RemoteResult result = estimator.estimate(target, usage, images, seconds, failed);
            if (result != null) {
                span.tell(result);
            }
        } catch (RuntimeException | Error failed) {
            // The call is recorded all the same; its span stays as it is.
        }
    }
}
