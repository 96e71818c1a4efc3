package io.inferwatt.exporters;

import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.exporters.http.HttpEndpoint;
import io.inferwatt.exporters.http.LoopbackNames;
import io.inferwatt.exporters.http.Page;
import io.inferwatt.exporters.http.Page.Answer;
import io.inferwatt.exporters.live.LivePages;
import io.inferwatt.exporters.micrometer.InferenceEnergyMetrics;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves the metrics of a meter over HTTP, from a Prometheus registry of its own. Nothing that goes wrong here reaches
 * the caller: it becomes one warning line, and the meter runs on without endpoint.
 */
public final class MetricsExporter implements AutoCloseable {

    private final @Nullable HttpEndpoint endpoint;

    private MetricsExporter(@Nullable HttpEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Opens the endpoint that the settings ask for, if any. Never throws. Loads some 700 classes, so an agent calls it on a
     * thread of its own and after {@link io.inferwatt.exporters.micrometer.MicrometerLog#sendTo}.
     *
     * @param agent what to tell about this process
     * @param warnings takes one line for each thing that is not as asked for; called from any thread
     */
    public static MetricsExporter start(
            EnergyMeter meter, InferwattConfig config, AgentFigures agent, Consumer<String> warnings) {
        return start(meter::snapshot, meter::findings, meter::addListener, meter::countAsOwn, config, agent, warnings);
    }

    static MetricsExporter start(
            Supplier<MeterSnapshot> snapshots,
            Supplier<List<String>> findings,
            Consumer<CallListener> listeners,
            Consumer<Thread> ownThreads,
            InferwattConfig config,
            AgentFigures agent,
            Consumer<String> warnings) {
        InferwattConfig.Http http = config.http();
        if (!http.enabled()) {
            return new MetricsExporter(null);
        }
        try {
            LongAdder failures = new LongAdder();
            InferenceEnergyMetrics metrics =
                    new InferenceEnergyMetrics(snapshots, config.maxModels(), withScrapes(agent, failures));
            MetricsPage page = new MetricsPage(exposition(metrics), failures, System::nanoTime, warnings);
            ReportPages report = new ReportPages(snapshots, findings, config, agent, System::currentTimeMillis);
            LivePages live = new LivePages(snapshots, findings, config, agent, warnings);
            HttpEndpoint endpoint =
                    HttpEndpoint.start(address(http, warnings), http.port(), pages(page, report, live), ownThreads);
            listeners.accept(metrics);
            listeners.accept(live);
            return new MetricsExporter(endpoint);
        } catch (IOException e) {
            warnings.accept("http.port: cannot listen on port " + http.port() + " (" + e.getMessage()
                    + "); no metrics are served; allowed: a free port, or 0 for any");
        } catch (NoClassDefFoundError e) {
            warnings.accept("http.enabled: this Java runtime cannot serve metrics (" + e.getMessage()
                    + " is missing); no metrics are served; start Java with --add-modules jdk.httpserver");
        } catch (RuntimeException | LinkageError e) {
            warnings.accept("http.enabled: the endpoint failed to start (" + e + "); no metrics are served");
        }
        return new MetricsExporter(null);
    }

    private static MetricsPage.Exposition exposition(InferenceEnergyMetrics metrics) {
        PrometheusMeterRegistry registry =
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM);
        metrics.bindTo(registry);
        return (out, format) -> {
            metrics.refresh();
            registry.scrape(out, format.contentType());
        };
    }

    private static AgentFigures withScrapes(AgentFigures agent, LongAdder failures) {
        Map<String, LongSupplier> exporters = new HashMap<>(agent.exportFailures());
        exporters.put("scrape", failures::sum);
        return new AgentFigures(agent.version(), agent.hostName(), agent.instrumentationErrors(), exporters);
    }

    private static Map<String, Page> pages(MetricsPage metrics, ReportPages report, LivePages live) {
        Map<String, Page> pages = new HashMap<>(live.byPath());
        pages.put("/metrics", metrics);
        pages.put("/report", report::html);
        pages.put("/report.csv", report::csv);
        pages.put("/api/v1/report", report::json);
        pages.put("/-/healthy", wish -> Answer.text(200, "ok\n"));
        return pages;
    }

    private static InetAddress address(InferwattConfig.Http http, Consumer<String> warnings) throws IOException {
        Optional<InetAddress> loopback = LoopbackNames.resolve(http.host());
        if (loopback.isPresent()) {
            return loopback.get();
        }
        warnings.accept("http.host: " + http.host() + " is not a loopback address; allowed: 127.0.0.1, localhost, ::1; "
                + "listening on 127.0.0.1 instead");
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** Returns where the endpoint listens; empty if there is none. */
    public Optional<URI> address() {
        // No method reference: linking it loads the endpoint's class, which fails where the JDK's server is missing.
        return endpoint == null ? Optional.empty() : Optional.of(endpoint.address());
    }

    /** Stops listening and ends all threads. A second time it does nothing. */
    @Override
    public void close() {
        if (endpoint != null) {
            endpoint.close();
        }
    }
}
