/**
 * A host whose true energy per call is known, the counters and clocks through which a meter sees it, and what the
 * attribution makes of that. Tests hold it to generous bounds; {@link io.inferwatt.core.simulation.AttributionBenchmark}
 * prints the figures.
 */
@NullMarked
package io.inferwatt.core.simulation;

import org.jspecify.annotations.NullMarked;
