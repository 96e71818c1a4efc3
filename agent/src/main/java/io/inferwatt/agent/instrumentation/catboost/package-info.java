/**
 * CatBoost's library for applying models, {@code ai.catboost:catboost-prediction}. Eight {@code predict} methods fill predictions
 * that they are given; the other eight end in them.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.catboost;

import org.jspecify.annotations.NullMarked;
