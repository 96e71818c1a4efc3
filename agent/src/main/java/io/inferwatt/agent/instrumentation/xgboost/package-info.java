/**
 * XGBoost4J, {@code ml.dmlc:xgboost4j_2.12}. All {@code predict} methods end in a private one, all {@code inplace_predict} in
 * that with seven arguments.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.xgboost;

import org.jspecify.annotations.NullMarked;
