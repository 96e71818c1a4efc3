/**
 * Deep Java Library, {@code ai.djl:api}. All predictions but streamed ones pass {@code Predictor.batchPredict}, whatever
 * engine computes them; streamed ones compute while the stream of their outputs is read.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.djl;

import org.jspecify.annotations.NullMarked;
