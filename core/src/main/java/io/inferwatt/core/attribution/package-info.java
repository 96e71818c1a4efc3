/**
 * Splits the energy of a tick over idle, runtime, other processes and models so that the parts add up to the
 * microjoule, and settles finished calls.
 */
@NullMarked
package io.inferwatt.core.attribution;

import org.jspecify.annotations.NullMarked;
