package io.inferwatt.agent.tracing;

import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.RemoteEstimate;
import io.inferwatt.core.footprint.remote.Unestimated;
import io.inferwatt.core.report.CallRate;
import java.util.Locale;

/**
 * What is written on a span. A span around several calls has the sum of those that ended. The sum is read from the span itself,
 * so that nothing has to be remembered here; ends of bands are added up as they are, since a method errs alike in all its
 * estimates.
 */
final class EnergyAttributes {

    static final String JOULES = "inferwatt.energy.joules";
    static final String JOULES_LOW = "inferwatt.energy.joules.low";
    static final String JOULES_HIGH = "inferwatt.energy.joules.high";
    static final String GRAMS = "inferwatt.co2e.grams";
    static final String METHOD = "inferwatt.energy.method";
    static final String BOUNDARY = "inferwatt.energy.boundary";
    static final String QUALITY = "inferwatt.energy.quality";
    static final String UNESTIMATED = "inferwatt.energy.unestimated";

    private static final String WITH_IDLE = "with_idle";

    /** Marks a figure as provisional. */
    private static final String RECENT_RATE = "recent-rate";

    private static final Quality[] QUALITIES = Quality.values();
    private static final char SEPARATOR = ';';

    private EnergyAttributes() {}

    static void add(TracingApi api, Object span, RemoteEstimate estimate) {
        Range joules = estimate.joules();
        add(api, span, JOULES, joules.central());
        add(api, span, JOULES_LOW, joules.low());
        add(api, span, JOULES_HIGH, joules.high());
        add(
                api,
                span,
                GRAMS,
                estimate.operationalGrams().central() + estimate.embodiedGrams().central());
        addWord(api, span, METHOD, estimate.method());
        api.set(span, BOUNDARY, WITH_IDLE);
        api.set(span, QUALITY, Quality.ESTIMATED.label()); // the worst there is
    }

    /** Adds what a call of a local model is likely to have drawn: its real figure comes after the span has ended. */
    static void add(TracingApi api, Object span, CallRate rate, double unitSeconds) {
        double joules = rate.joules() * unitSeconds;
        add(api, span, JOULES, joules);
        add(api, span, JOULES_LOW, joules * rate.lowRatio());
        add(api, span, JOULES_HIGH, joules * rate.highRatio());
        add(api, span, GRAMS, rate.grams() * unitSeconds);
        addWord(api, span, METHOD, RECENT_RATE);
        api.set(span, BOUNDARY, WITH_IDLE);
        api.set(span, QUALITY, worse(api.text(span, QUALITY), rate.quality()).label());
    }

    private static Quality worse(String told, Quality other) {
        for (Quality quality : QUALITIES) {
            if (quality.label().equals(told) && quality.code() > other.code()) {
                return quality;
            }
        }
        return other;
    }

    static void add(TracingApi api, Object span, Unestimated unestimated) {
        addWord(api, span, UNESTIMATED, unestimated.reason().name().toLowerCase(Locale.ROOT));
    }

    /** What is not known is left out, never written as zero. */
    private static void add(TracingApi api, Object span, String name, double value) {
        if (!Double.isNaN(value)) {
            api.set(span, name, api.number(span, name) + value);
        }
    }

    private static void addWord(TracingApi api, Object span, String name, String word) {
        String before = api.text(span, name);
        if (before.isEmpty()) {
            api.set(span, name, word);
        } else if (!contains(before, word)) {
            api.set(span, name, before + SEPARATOR + word);
        }
    }

    private static boolean contains(String words, String word) {
        return (SEPARATOR + words + SEPARATOR).contains(SEPARATOR + word + SEPARATOR);
    }
}
