package io.inferwatt.core.sampling;

import io.inferwatt.core.call.ModelFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells a person, in one line, of a model whose engine burns processor time between its calls, and of the setting that ends
 * it. Only where such a setting is known; once for each model, and for the first few only. Sampler thread only.
 */
final class SpinningAdvice {

    static final double PERIOD_SECONDS = 20;

    /** Fewer say little of how a model is used: a warm-up, or a job that is over by the time somebody reads the line. */
    static final long CALLS = 50;

    /** Of the model's processor time; the figure is a lower bound, so the truth is more. */
    static final double SHARE = 0.2;

    /** In a year 440 core hours, some 20 dollars where a core is rented at 5 cents, and about 4 kWh at 10 W a core. */
    static final double CORES = 0.05;

    /** More lines would say the same again. */
    static final int MOST_LINES = 3;

    private static final Map<String, String> REMEDIES = Map.of(
            "onnxruntime",
            "SessionOptions.addConfigEntry(\"session.intra_op.allow_spinning\", \"0\") stops that,"
                    + " and may make calls slower where processors are idle");

    private final Consumer<String> lines;
    private final Map<Integer, Totals> periods = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    SpinningAdvice(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Looks at a model that has spun; about once a second. */
    void look(int key, String model, ModelFacts facts, Totals now) {
        String runtime = String.valueOf(facts.runtime());
        String remedy = REMEDIES.get(runtime);
        if (remedy == null || told.size() == MOST_LINES || told.contains(model)) {
            return;
        }
        Totals before = periods.putIfAbsent(key, now);
        if (before == null) {
            return;
        }
        Totals period = now.since(before);
        if (period.seconds() < PERIOD_SECONDS || period.ended < CALLS) {
            return;
        }
        periods.put(key, now);
        if (period.share() > SHARE && period.cores() > CORES) {
            told.add(model);
            lines.accept(String.format(
                    Locale.ROOT,
                    "model %s: in the last %.0f s at least %.0f %% of its processor time, %.2f of a core%s, went into"
                            + " threads of %s that spin between calls; %s",
                    model,
                    period.seconds(),
                    100 * period.share(),
                    period.cores(),
                    period.watts(),
                    runtime,
                    remedy));
        }
    }

    /**
     * What a model has used, from its begin or in a period.
     *
     * @param spinningSeconds the part of the processor time that was certainly used with nothing in flight
     * @param ended calls that have ended
     * @param measuredJoules of the processors
     * @param modelledJoules of the processors
     */
    record Totals(
            long nanos,
            double cpuSeconds,
            double spinningSeconds,
            long ended,
            double measuredJoules,
            double modelledJoules) {

        Totals since(Totals before) {
            return new Totals(
                    nanos - before.nanos,
                    cpuSeconds - before.cpuSeconds,
                    spinningSeconds - before.spinningSeconds,
                    ended - before.ended,
                    measuredJoules - before.measuredJoules,
                    modelledJoules - before.modelledJoules);
        }

        double seconds() {
            return nanos / 1e9;
        }

        double share() {
            return Math.min(1, spinningSeconds / cpuSeconds);
        }

        double cores() {
            return spinningSeconds / seconds();
        }

        /** Empty where no source says how many. */
        String watts() {
            double watts = (measuredJoules + modelledJoules) * share() / seconds();
            String quality = modelledJoules > 0 ? "modelled" : "measured";
            return watts > 0 ? String.format(Locale.ROOT, " or %.1f W (%s)", watts, quality) : "";
        }
    }
}
