/**
 * The metric catalogue as Micrometer meters: names, units, bounded labels, counters that never fall. Works with any
 * registry and needs no agent.
 */
@NullMarked
package io.inferwatt.exporters.micrometer;

import org.jspecify.annotations.NullMarked;
