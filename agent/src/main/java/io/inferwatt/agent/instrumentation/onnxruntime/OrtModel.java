package io.inferwatt.agent.instrumentation.onnxruntime;

import io.inferwatt.core.call.EnginePool;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a session.
 *
 * @param key number of its model
 * @param pool its native threads, null if it was opened before the agent came
 */
record OrtModel(int key, @Nullable EnginePool pool) {}
