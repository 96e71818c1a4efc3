package io.inferwatt.core.footprint.live;

import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.live.FeedException.Kind;
import java.util.OptionalInt;

/** What a grid can have: from nothing to twice what coal emits. */
final class Plausible {

    private static final double HIGHEST_GRAMS_PER_KWH = 2000;

    private Plausible() {}

    /** Returns the figure; throws if no grid has such a one. */
    static CarbonIntensity intensity(double gramsPerKwh, String zone, String source, String citation, OptionalInt year)
            throws FeedException {
        if (!isGrid(gramsPerKwh)) {
            throw new FeedException(
                    Kind.IMPLAUSIBLE,
                    "no grid has " + gramsPerKwh + " g/kWh; allowed: 0 to " + (long) HIGHEST_GRAMS_PER_KWH);
        }
        return new CarbonIntensity(gramsPerKwh, zone, source, citation, year);
    }

    static boolean isGrid(double gramsPerKwh) {
        return gramsPerKwh >= 0 && gramsPerKwh <= HIGHEST_GRAMS_PER_KWH;
    }

    /** Returns a part of a sentence, empty where there is nothing to say. */
    static String as(String words, String text) {
        return text.isEmpty() ? "" : words + text;
    }
}
