package io.inferwatt.exporters.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Histograms of Prometheus' own client behind a Micrometer registry, because Micrometer's have no bucket below 1. The
 * gauge of the maximum, which Micrometer would make, is made here; as a meter of the registry it also brings the common
 * tags that the histogram shall have. One thread at a time.
 */
final class PrometheusHistograms implements EnergyHistograms {

    private static final String MAX = "max";

    /** Three windows of 40 s: the maximum of at least the last 80 s, longer than the usual 15 to 60 s between scrapes. */
    private static final long WINDOW_MILLIS = 40_000;

    private static final int WINDOWS = 3;

    private final PrometheusMeterRegistry registry;
    private @Nullable Histogram histogram;

    PrometheusHistograms(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public DoubleConsumer of(Tags tags) {
        Family family = Catalogue.REQUEST_ENERGY;
        TimeWindowMax max = new TimeWindowMax(registry.config().clock(), WINDOW_MILLIS, WINDOWS);
        Gauge gauge = Gauge.builder(family.name() + "." + family.unit() + "." + MAX, max::poll)
                .description(family.help())
                .tags(tags)
                .register(registry);
        DistributionDataPoint point = point(gauge, family.help());
        return joules -> {
            point.observe(joules);
            max.record(joules);
        };
    }

    private DistributionDataPoint point(Gauge gauge, String help) {
        List<Tag> labels = gauge.getId().getConventionTags(registry.config().namingConvention());
        Histogram family = histogram;
        if (family == null) {
            String name = gauge.getId().getConventionName(registry.config().namingConvention());
            family = Histogram.builder()
                    .name(name.substring(0, name.length() - MAX.length() - 1))
                    .help(help)
                    .labelNames(labels.stream().map(Tag::getKey).toArray(String[]::new))
                    .classicOnly()
                    .classicUpperBounds(Catalogue.REQUEST_ENERGY_BOUNDS)
                    .withoutExemplars()
                    .register(registry.getPrometheusRegistry());
            histogram = family;
        }
        return family.labelValues(labels.stream().map(Tag::getValue).toArray(String[]::new));
    }
}
