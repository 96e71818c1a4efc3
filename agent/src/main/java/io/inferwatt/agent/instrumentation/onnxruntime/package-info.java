/**
 * ONNX Runtime, {@code com.microsoft.onnxruntime:onnxruntime}. Six of the seven public {@code run} methods end in the
 * fourth, and the seventh is it.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.onnxruntime;

import org.jspecify.annotations.NullMarked;
