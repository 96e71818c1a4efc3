/**
 * Deep Java Library, {@code ai.djl:api}. All predictions but streamed ones pass {@code Predictor.batchPredict}, whatever
 * engine computes them.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.djl;

import org.jspecify.annotations.NullMarked;
