package io.inferwatt.core.footprint;

/** Tells the grid intensity for energy drawn now. Called about once a second by one thread; never blocks. */
public interface CarbonIntensitySource {

    CarbonIntensity current();
}
