/**
 * TensorFlow Java, {@code org.tensorflow:tensorflow-core-api}. All runs of a graph pass {@code Session.Runner}, and a
 * function that is called eagerly passes {@code ConcreteFunction.call} instead.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.tensorflow;

import org.jspecify.annotations.NullMarked;
