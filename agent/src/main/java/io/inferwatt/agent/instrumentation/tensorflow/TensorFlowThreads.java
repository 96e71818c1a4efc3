package io.inferwatt.agent.instrumentation.tensorflow;

import io.inferwatt.agent.instrumentation.SharedThreads;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.InferenceCall;
import org.jspecify.annotations.Nullable;

/**
 * The threads that all sessions of the process share: the first session, of graphs or eager, starts those within an
 * operation, the first of graphs those between operations too.
 */
final class TensorFlowThreads {

    private static final SharedThreads SHARED = new SharedThreads();

    private TensorFlowThreads() {}

    /**
     * Sorts out threads that a new session started.
     *
     * @param hasOwn whether this kind of session starts threads that others do not use
     * @return the session's own ones, or null if there are none; the first session's cannot be told from the shared ones
     */
    static synchronized @Nullable EnginePool started(@Nullable EnginePool threads, boolean hasOwn) {
        if (threads == null || threads.threadIds().length == 0) {
            return null;
        }
        if (hasOwn && !SHARED.isEmpty()) {
            return threads;
        }
        SHARED.add(threads);
        return null;
    }

    static void usedBy(InferenceCall call) {
        SHARED.usedBy(call);
    }
}
