/**
 * The meter as a library: energy of concurrent model calls, split so that the parts add up to what was measured.
 * {@code EnergyMeter} assembles the packages below it and is the one entry point.
 */
@NullMarked
package io.inferwatt.core;

import org.jspecify.annotations.NullMarked;
