package io.inferwatt.agent.instrumentation;

import io.inferwatt.agent.tracing.CallSpan;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The work of one thread for a call of a remote model that began elsewhere, until {@link #end} on the same thread. It may lie inside
 * other such work, also for another call, to which the thread goes back then. Keeps no object of the application.
 */
public final class ThreadWork {

    private final LibraryCalls calls;
    private final InferenceCall part;
    private final CallSpan.@Nullable Attached span;

    ThreadWork(LibraryCalls calls, InferenceCall part, CallSpan.@Nullable Attached span) {
        this.calls = calls;
        this.part = part;
        this.span = span;
    }

    void end() {
        calls.finish(part, Outcome.OK);
        if (span != null) {
            span.detach();
        }
    }
}
