package io.inferwatt.core.footprint;

import java.util.OptionalInt;

/**
 * Grid intensity in force.
 *
 * @param gramsPerKwh grams of CO2e per kWh
 * @param zone the zone it belongs to, for instance {@code KR} or {@code world}
 * @param source where the figure comes from, short, as in the label {@code source}: {@code table}, {@code world-average} or {@code configured}
 * @param citation publisher, publication and licence, for people
 * @param year year the figure describes, if known
 */
public record CarbonIntensity(double gramsPerKwh, String zone, String source, String citation, OptionalInt year) {

    /** The zone code of the world. */
    public static final String WORLD = "WOR";

    static final String WORLD_AVERAGE = "world-average";

    public CarbonIntensity {
        if (!(gramsPerKwh >= 0) || Double.isInfinite(gramsPerKwh)) {
            throw new IllegalArgumentException(
                    "grid intensity must be finite and not negative, not " + gramsPerKwh + " g/kWh");
        }
    }

    /** Returns whether this is the mean of the world, for want of anything closer. */
    public boolean isWorldAverage() {
        return source.equals(WORLD_AVERAGE);
    }
}
