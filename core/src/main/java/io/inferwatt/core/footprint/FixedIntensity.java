package io.inferwatt.core.footprint;

/** An intensity that stays what it was at start. */
record FixedIntensity(CarbonIntensity current) implements CarbonIntensitySource {}
