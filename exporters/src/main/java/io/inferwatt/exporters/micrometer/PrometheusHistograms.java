package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.report.SettledCall;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Histograms beside the meters of a Micrometer registry, because Micrometer's have no bucket below 1. The
 * gauge of the maximum, which Micrometer would make, is made here; as a meter of the registry it also brings the common
 * tags that the histogram shall have. One thread at a time.
 */
final class PrometheusHistograms implements EnergyHistograms {

    private static final String MAX = "max";

    /** Three windows of 40 s: the maximum of at least the last 80 s, longer than the usual 15 to 60 s between scrapes. */
    private static final long WINDOW_MILLIS = 40_000;

    private static final int WINDOWS = 3;

    private final PrometheusMeterRegistry registry;
    private final Map<Tags, Made> known = new HashMap<>();
    private @Nullable Histograms histograms;

    PrometheusHistograms(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    /** The same one for the same tags: a second one would make every page fail, and the first one's gauge is what is shown. */
    @Override
    public EnergyHistogram of(Tags tags) {
        Made made = known.computeIfAbsent(
                tags, unknown -> new Made(new TimeWindowMax(registry.config().clock(), WINDOW_MILLIS, WINDOWS)));
        if (made.buckets == null) {
            made.buckets = buckets(gauge(tags, made.max));
        }
        return made;
    }

    private Gauge gauge(Tags tags, TimeWindowMax max) {
        Family family = Catalogue.REQUEST_ENERGY;
        return Gauge.builder(family.name() + "." + family.unit() + "." + MAX, max::poll)
                .description(family.help())
                .tags(tags)
                .register(registry);
    }

    private JouleBuckets buckets(Gauge gauge) {
        Histograms all = histograms;
        if (all == null) {
            String name = gauge.getId().getConventionName(registry.config().namingConvention());
            all = new Histograms(
                    name.substring(0, name.length() - MAX.length() - 1),
                    Catalogue.REQUEST_ENERGY.help(),
                    new CopyOnWriteArrayList<>());
            registry.getPrometheusRegistry().register(all);
            histograms = all;
        }
        List<Tag> tags = gauge.getId().getConventionTags(registry.config().namingConvention());
        Labels labels = Labels.of(
                tags.stream().map(Tag::getKey).toArray(String[]::new),
                tags.stream().map(Tag::getValue).toArray(String[]::new));
        JouleBuckets buckets = new JouleBuckets(
                labels, Catalogue.REQUEST_ENERGY_BOUNDS, registry.config().clock()::wallTime);
        all.buckets().add(buckets);
        return buckets;
    }

    /** One histogram, complete once it has its buckets. */
    private static final class Made implements EnergyHistogram {

        private final TimeWindowMax max;
        private @Nullable JouleBuckets buckets;

        Made(TimeWindowMax max) {
            this.max = max;
        }

        @Override
        public void record(double joules, SettledCall call) {
            JouleBuckets complete = buckets;
            if (complete != null) {
                complete.record(joules, call);
                max.record(joules);
            }
        }
    }

    private record Histograms(String name, String help, List<JouleBuckets> buckets) implements Collector {

        @Override
        public HistogramSnapshot collect() {
            HistogramSnapshot.Builder snapshot =
                    HistogramSnapshot.builder().name(name).help(help);
            buckets.forEach(each -> snapshot.dataPoint(each.snapshot()));
            return snapshot.build();
        }

        @Override
        public MetricFamilyDescriptor getMetricFamilyDescriptor() {
            return MetricFamilyDescriptor.histogram(name).help(help).build();
        }
    }
}
