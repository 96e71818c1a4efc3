package io.inferwatt.exporters;

import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.exporters.micrometer.InferenceEnergyMetrics;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Prometheus registry that scrapes and pushes share, so that all of them tell the same. Made when the first of them needs it: a
 * process that neither serves nor pushes loads nothing of it. Safe from all threads.
 */
public final class PrivateRegistry {

    private final Supplier<MeterSnapshot> snapshots;
    private final Consumer<CallListener> listeners;
    private final int maxModels;
    private final AgentFigures agent;
    private final Supplier<PrometheusMeterRegistry> registries;
    private final LongAdder scrapeFailures = new LongAdder();
    private @Nullable Opened opened;

    /**
     * Prepares a registry without making it.
     *
     * @param listeners takes what wants to hear of settled calls
     */
    public PrivateRegistry(
            Supplier<MeterSnapshot> snapshots, Consumer<CallListener> listeners, int maxModels, AgentFigures agent) {
        this(snapshots, listeners, maxModels, agent, PrivateRegistry::newRegistry);
    }

    /** @param registries makes empty ones */
    PrivateRegistry(
            Supplier<MeterSnapshot> snapshots,
            Consumer<CallListener> listeners,
            int maxModels,
            AgentFigures agent,
            Supplier<PrometheusMeterRegistry> registries) {
        this.registries = registries;
        this.snapshots = snapshots;
        this.listeners = listeners;
        this.maxModels = maxModels;
        this.agent = agent;
    }

    /** Prepares the registry of a running meter. */
    public static PrivateRegistry of(EnergyMeter meter, InferwattConfig config, AgentFigures agent) {
        return new PrivateRegistry(meter::snapshot, meter::addListener, config.maxModels(), agent);
    }

    /** Makes the registry if there is none; from then on it hears of all calls. */
    public void open() {
        opened();
    }

    /** Returns all metrics of this moment in text format 0.0.4, UTF-8. */
    public byte[] text() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
        writeTo(out, ExpositionFormat.TEXT);
        return out.toByteArray();
    }

    /** Returns the content type of {@link #text}. */
    public static String textType() {
        return ExpositionFormat.TEXT.contentType();
    }

    void writeTo(OutputStream out, ExpositionFormat format) throws IOException {
        opened().writeTo(out, format);
    }

    /** Counts the scrapes that could not be written. */
    LongAdder scrapeFailures() {
        return scrapeFailures;
    }

    private synchronized Opened opened() {
        Opened known = opened;
        if (known == null) {
            known = new Opened();
            opened = known;
        }
        return known;
    }

    private AgentFigures withScrapes() {
        Map<String, LongSupplier> exporters = new HashMap<>(agent.exportFailures());
        exporters.put("scrape", scrapeFailures::sum);
        return new AgentFigures(
                agent.version(), agent.hostName(), agent.instrumentationErrors(), exporters, agent.pushes());
    }

    private final class Opened {

        private final InferenceEnergyMetrics metrics = new InferenceEnergyMetrics(snapshots, maxModels, withScrapes());
        private volatile PrometheusMeterRegistry prometheus = registries.get();
        private int failuresInARow;

        Opened() {
            metrics.bindTo(prometheus);
            listeners.accept(metrics);
        }

        void writeTo(OutputStream out, ExpositionFormat format) throws IOException {
            try {
                metrics.refresh();
                prometheus.scrape(out, format.contentType());
                succeeded();
            } catch (RuntimeException broken) {
                failed();
                throw broken;
            }
        }

        private synchronized void succeeded() {
            failuresInARow = 0;
        }

        /**
         * What fails again would fail for good: a registry into which a meter came only half, such as for want of memory, refuses
         * every page. Another one takes its place, after 2, 4, 8 ... failures in a row. Counters and gauges go on; what is
         * distributed into buckets begins anew, as after a restart.
         */
        private synchronized void failed() {
            failuresInARow++;
            if (failuresInARow > 1 && Integer.bitCount(failuresInARow) == 1) {
                renew();
            }
        }

        private void renew() {
            PrometheusMeterRegistry former = prometheus;
            PrometheusMeterRegistry next = registries.get();
            try {
                metrics.bindTo(next);
            } catch (RuntimeException | Error broken) {
                metrics.unbind(next);
                throw broken;
            }
            prometheus = next;
            metrics.unbind(former);
        }
    }

    private static PrometheusMeterRegistry newRegistry() {
        return new PrometheusMeterRegistry(new BucketExemplars(), new PrometheusRegistry(), Clock.SYSTEM);
    }

    /**
     * Leaves exemplars to buckets. By default Micrometer has one at the count of a histogram as well, for which Prometheus 2.42
     * refuses the whole page: "does not support exemplars".
     */
    private static final class BucketExemplars implements PrometheusConfig {

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public Properties prometheusProperties() {
            return new Properties();
        }
    }
}
