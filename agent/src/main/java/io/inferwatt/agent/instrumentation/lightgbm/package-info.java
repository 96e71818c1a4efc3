/**
 * LightGBM4j, {@code io.github.metarank:lightgbm4j}. Rows in an array are predicted by one method for each type of number, a
 * single row by two more, which do not divide their work.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.lightgbm;

import org.jspecify.annotations.NullMarked;
