/** Other agents in the same JVM, in both orders. Each does its own work, ours does ours, and the application notices neither. */
@NullMarked
package io.inferwatt.it.neighbours;

import org.jspecify.annotations.NullMarked;
