package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.report.SettledCall;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the histograms of joules per call in one registry. */
@FunctionalInterface
interface EnergyHistograms {

    /** Registers a histogram and returns where its joules go; no look-up and, but for an exemplar, no allocation per value. */
    EnergyHistogram of(Tags tags);

    /** Takes the joules of one request. */
    @FunctionalInterface
    interface EnergyHistogram {

        /** Takes a value of the call that the request is of, whose trace may be shown beside it. */
        void record(double joules, SettledCall call);
    }

    static EnergyHistograms in(MeterRegistry registry) {
        return registry instanceof PrometheusMeterRegistry prometheus
                ? new PrometheusHistograms(prometheus)
                : withCounters(registry);
    }

    /**
     * Makes histograms with the bounds from 1 J on that the registry can tell apart, and counters by all bounds beside them: nobody divides what
     * such a registry shows.
     */
    private static EnergyHistograms withCounters(MeterRegistry registry) {
        EnergyHistograms histograms = multiplied(registry, 1);
        // What failed half way is asked for again, and counters that are registered stay with what they were made for.
        Map<Tags, RequestsWithin> made = new ConcurrentHashMap<>();
        return tags -> {
            EnergyHistogram histogram = histograms.of(tags);
            RequestsWithin within =
                    made.computeIfAbsent(tags, unused -> new RequestsWithin(Catalogue.REQUEST_ENERGY_BOUNDS));
            within.register(registry, tags);
            return (joules, call) -> {
                histogram.record(joules, call);
                within.record(joules);
            };
        };
    }

    /**
     * Makes histograms of so many times the joules, for a registry whose messages are divided by that again before they leave.
     *
     * <p>Micrometer rounds a value up to a whole number before it looks for its bucket: 0.05 J would land in {@code le="1.0"}. With bounds
     * that are whole numbers the rounding changes nothing, so finer ones are left out.
     */
    static EnergyHistograms multiplied(MeterRegistry registry, double by) {
        return tags -> {
            DistributionSummary summary = summary(registry, tags, by);
            return (joules, call) -> summary.record(joules);
        };
    }

    private static DistributionSummary summary(MeterRegistry registry, Tags tags, double by) {
        Family family = Catalogue.REQUEST_ENERGY;
        double[] wholeBounds = Arrays.stream(Catalogue.REQUEST_ENERGY_BOUNDS)
                .map(bound -> bound * by)
                .filter(bound -> bound >= 1)
                .toArray();
        return DistributionSummary.builder(family.name())
                .baseUnit(family.unit())
                .description(family.help())
                .scale(by)
                .serviceLevelObjectives(wholeBounds)
                .tags(tags)
                .register(registry);
    }
}
