/**
 * The tick: reads clocks and counters in a fixed order and keeps its rhythm. Only the sampler thread runs this code.
 */
@NullMarked
package io.inferwatt.core.sampling;

import org.jspecify.annotations.NullMarked;
