package io.inferwatt.core.footprint;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Grid intensity in force.
 *
 * @param gramsPerKwh grams of CO2e per kWh
 * @param zone the zone it belongs to, for instance {@code KR} or {@code world}
 * @param source where the figure comes from, short, as in the label {@code source}: {@code table}, {@code world-average},
 *     {@code configured}, or who was asked, such as {@code electricity-maps}
 * @param citation publisher, publication and licence, for people
 * @param year year the figure describes, if known
 * @param feed who is asked again and again and how that goes, whether or not this figure comes from there; null where nobody is asked
 */
public record CarbonIntensity(
        double gramsPerKwh,
        String zone,
        String source,
        String citation,
        OptionalInt year,
        @Nullable Feed feed) {

    /** The zone code of the world. */
    public static final String WORLD = "WOR";

    static final String WORLD_AVERAGE = "world-average";

    public CarbonIntensity {
        if (!(gramsPerKwh >= 0) || Double.isInfinite(gramsPerKwh)) {
            throw new IllegalArgumentException(
                    "grid intensity must be finite and not negative, not " + gramsPerKwh + " g/kWh");
        }
    }

    /** A figure of a place where nobody is asked again and again. */
    public CarbonIntensity(double gramsPerKwh, String zone, String source, String citation, OptionalInt year) {
        this(gramsPerKwh, zone, source, citation, year, null);
    }

    /** Returns the same figure with a word about who is asked. */
    public CarbonIntensity with(Feed asked) {
        return new CarbonIntensity(gramsPerKwh, zone, source, citation, year, asked);
    }

    /**
     * Somebody who is asked for the intensity of this hour.
     *
     * @param id the value of {@code carbon.source}
     * @param zone that its latest figure is of, empty before the first one
     * @param source of that figure as in {@link CarbonIntensity#source}, empty before the first one
     * @param ageSeconds since that came, NaN before the first one
     * @param failures times it did not tell a figure that could be used
     */
    public record Feed(String id, String zone, String source, double ageSeconds, long failures) {}

    /** Returns whether this is the mean of the world, for want of anything closer. */
    public boolean isWorldAverage() {
        return source.equals(WORLD_AVERAGE);
    }
}
