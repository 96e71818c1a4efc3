package io.inferwatt.agent.instrumentation.tensorflow;

import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.InferenceCall;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The threads that all sessions of the process share: the first session, of graphs or eager, starts those within an
 * operation, the first of graphs those between operations too.
 */
final class TensorFlowThreads {

    private static volatile EnginePool[] shared = {};

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
        if (hasOwn && shared.length > 0) {
            return threads;
        }
        EnginePool[] more = Arrays.copyOf(shared, shared.length + 1);
        more[shared.length] = threads;
        shared = more;
        return null;
    }

    static void usedBy(InferenceCall call) {
        for (EnginePool threads : shared) {
            threads.usedBy(call);
        }
    }
}
