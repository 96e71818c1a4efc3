/** Energy, its footprint and budgets, from counters that a test drives and from real load. Each test starts a JVM of its own with the
 * packaged agent. */
@NullMarked
package io.inferwatt.it.energy;

import org.jspecify.annotations.NullMarked;
