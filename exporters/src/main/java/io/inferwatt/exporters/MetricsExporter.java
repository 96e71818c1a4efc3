package io.inferwatt.exporters;

import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.exporters.http.HttpEndpoint;
import io.inferwatt.exporters.http.Page;
import io.inferwatt.exporters.http.Page.Answer;
import io.inferwatt.exporters.http.secrets.BadSecretException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves the metrics of a meter over HTTP, from the registry that pushes share. Nothing that goes wrong here reaches
 * the caller: it becomes one warning line, and the meter runs on without endpoint.
 */
public final class MetricsExporter implements AutoCloseable {

    private static final String INDEX = """
            <!doctype html><title>Inferwatt</title><h1>Inferwatt</h1>
            <p>Energy of live model inference. <a href="/metrics">/metrics</a> (Prometheus text or OpenMetrics),
            <a href="/-/healthy">/-/healthy</a>
            <p>The disclosure since the start: <a href="/report">/report</a> (for people),
            <a href="/api/v1/report">/api/v1/report</a> (JSON), <a href="/report.csv">/report.csv</a>
            """;

    private final @Nullable HttpEndpoint endpoint;

    private MetricsExporter(@Nullable HttpEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Opens the endpoint that the settings ask for, if any. Never throws. Loads some 700 classes, so an agent calls it on a
     * thread of its own and after {@link io.inferwatt.exporters.micrometer.MicrometerLog#sendTo}.
     *
     * @param registry made here if the endpoint is the first to need it
     * @param agent what to tell about this process
     * @param warnings takes one line for each thing that is not as asked for; called from any thread
     */
    public static MetricsExporter start(
            EnergyMeter meter,
            PrivateRegistry registry,
            InferwattConfig config,
            AgentFigures agent,
            Consumer<String> warnings) {
        return start(meter::snapshot, meter::findings, registry, meter::countAsOwn, config, agent, warnings);
    }

    static MetricsExporter start(
            Supplier<MeterSnapshot> snapshots,
            Supplier<List<String>> findings,
            PrivateRegistry registry,
            Consumer<Thread> ownThreads,
            InferwattConfig config,
            AgentFigures agent,
            Consumer<String> warnings) {
        InferwattConfig.Http http = config.http();
        if (!http.enabled()) {
            return new MetricsExporter(null);
        }
        try {
            MetricsPage page =
                    new MetricsPage(registry::writeTo, registry.scrapeFailures(), System::nanoTime, warnings);
            ReportPages report = new ReportPages(snapshots, findings, config, agent, System::currentTimeMillis);
            HttpEndpoint endpoint =
                    HttpEndpoint.start(EndpointOpening.of(http, warnings), pages(page, report), ownThreads, warnings);
            registry.open();
            return new MetricsExporter(endpoint);
        } catch (BadSecretException e) {
            warnings.accept(e.getMessage() + "; no endpoint is opened, so no metrics are served");
        } catch (IOException e) {
            warnings.accept("http.port: cannot listen on " + place(http) + " (" + e.getMessage()
                    + "); no metrics are served; allowed: a free port, or 0 for any");
        } catch (RuntimeException | LinkageError e) {
            warnings.accept("http.enabled: the endpoint failed to start (" + e + "); no metrics are served");
        }
        return new MetricsExporter(null);
    }

    private static Map<String, Page> pages(MetricsPage metrics, ReportPages report) {
        byte[] index = INDEX.getBytes(StandardCharsets.UTF_8);
        return Map.of(
                "/metrics",
                metrics,
                "/report",
                report::html,
                "/report.csv",
                report::csv,
                "/api/v1/report",
                report::json,
                "/-/healthy",
                wish -> Answer.text(200, "ok\n"),
                "/",
                wish -> new Answer(200, "text/html; charset=utf-8", index, false));
    }

    /** The address goes without saying where it is the default. */
    private static String place(InferwattConfig.Http http) {
        String port = "port " + http.port();
        return http.host().equals(InferwattConfig.DEFAULTS.http().host()) ? port : http.host() + " " + port;
    }

    /** Returns where the endpoint listens; empty if there is none. */
    public Optional<URI> address() {
        return Optional.ofNullable(endpoint).map(HttpEndpoint::address);
    }

    /** Stops listening and ends all threads. A second time it does nothing. */
    @Override
    public void close() {
        if (endpoint != null) {
            endpoint.close();
        }
    }
}
