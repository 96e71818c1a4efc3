/**
 * Deeplearning4j, {@code org.deeplearning4j:deeplearning4j-nn}, and SameDiff, {@code org.nd4j:nd4j-api}. They are libraries
 * of their own, one of which an application may lack, on one engine.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.deeplearning4j;

import org.jspecify.annotations.NullMarked;
