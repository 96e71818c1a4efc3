package io.inferwatt.exporters;

import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.exporters.http.HttpEndpoint;
import io.inferwatt.exporters.http.Page;
import io.inferwatt.exporters.http.Page.Answer;
import io.inferwatt.exporters.http.secrets.BadSecretException;
import io.inferwatt.exporters.live.LivePages;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
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
        return start(
                meter::snapshot,
                meter::findings,
                meter::addListener,
                registry,
                meter::countAsOwn,
                config,
                agent,
                warnings);
    }

    static MetricsExporter start(
            Supplier<MeterSnapshot> snapshots,
            Supplier<List<String>> findings,
            Consumer<CallListener> listeners,
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
            ReportPages report = new ReportPages(
                    snapshots, findings, config, agent, System::currentTimeMillis, System::nanoTime, warnings);
            LivePages live = new LivePages(snapshots, findings, config, agent, warnings);
            HttpEndpoint endpoint = HttpEndpoint.start(
                    EndpointOpening.of(http, warnings), pages(page, report, live), ownThreads, warnings);
            try {
                registry.open();
                listeners.accept(live);
            } catch (RuntimeException | Error e) {
                endpoint.close(); // else it would serve what the warning says is not served
                throw e;
            }
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

    private static Map<String, Page> pages(MetricsPage metrics, ReportPages report, LivePages live) {
        Map<String, Page> pages = new HashMap<>(live.byPath());
        pages.put("/metrics", metrics);
        pages.putAll(report.byPath());
        pages.put("/-/healthy", wish -> Answer.text(200, "ok\n"));
        return pages;
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
