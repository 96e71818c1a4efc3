package io.inferwatt.agent.instrumentation.tensorflow;

import io.inferwatt.core.call.EnginePool;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a session.
 *
 * @param key number of its model, {@link #NOT_NAMED} until the first run: a graph may still grow till then
 * @param device where it computes, null if not known
 * @param ownThreads those that no other session uses, null if there are none
 */
record TensorFlowModel(
        int key, @Nullable String device, @Nullable EnginePool ownThreads) {

    static final int NOT_NAMED = -1;

    TensorFlowModel named(int number) {
        return new TensorFlowModel(number, device, ownThreads);
    }
}
