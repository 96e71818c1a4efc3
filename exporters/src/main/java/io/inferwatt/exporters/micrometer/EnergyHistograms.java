package io.inferwatt.exporters.micrometer;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Arrays;
import java.util.function.DoubleConsumer;

/** Makes the histograms of joules per call in one registry. */
@FunctionalInterface
interface EnergyHistograms {

    /** Registers a histogram and returns where its joules go; no look-up and no allocation per value. */
    DoubleConsumer of(Tags tags);

    static EnergyHistograms in(MeterRegistry registry) {
        return registry instanceof PrometheusMeterRegistry prometheus
                ? new PrometheusHistograms(prometheus)
                : tags -> summary(registry, tags)::record;
    }

    // Micrometer rounds a value up to a whole number before it looks for its bucket: 0.05 J would land in le="1.0".
    // With
    // bounds that are whole numbers the rounding changes nothing, so the finer ones are left out here.
    private static DistributionSummary summary(MeterRegistry registry, Tags tags) {
        Family family = Catalogue.REQUEST_ENERGY;
        double[] wholeBounds = Arrays.stream(Catalogue.REQUEST_ENERGY_BOUNDS)
                .filter(bound -> bound >= 1)
                .toArray();
        return DistributionSummary.builder(family.name())
                .baseUnit(family.unit())
                .description(family.help())
                .serviceLevelObjectives(wholeBounds)
                .tags(tags)
                .register(registry);
    }
}
