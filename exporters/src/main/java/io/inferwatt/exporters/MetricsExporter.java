package io.inferwatt.exporters;

import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.exporters.http.HttpEndpoint;
import io.inferwatt.exporters.http.Opening;
import io.inferwatt.exporters.http.Page;
import io.inferwatt.exporters.http.Page.Answer;
import io.inferwatt.exporters.http.secrets.BadSecretException;
import io.inferwatt.exporters.live.LivePages;
import java.io.IOException;
import java.net.BindException;
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
 * the caller: it becomes one warning line, and the meter runs on without endpoint. A port that is taken is waited for.
 */
public final class MetricsExporter implements AutoCloseable {

    private @Nullable HttpEndpoint endpoint;
    private @Nullable PortWait wait;
    private boolean closed;

    private MetricsExporter() {}

    /**
     * Opens the endpoint that the settings ask for, if any. Never throws. Loads some 700 classes, so an agent calls it on a
     * thread of its own and after {@link io.inferwatt.exporters.micrometer.MicrometerLog#sendTo}.
     *
     * @param registry made here if the endpoint is the first to need it
     * @param agent what to tell about this process
     * @param warnings takes one line for each thing that is not as asked for; called from any thread
     * @param news takes a line when a port that was taken is open; called from any thread
     */
    public static MetricsExporter start(
            EnergyMeter meter,
            PrivateRegistry registry,
            InferwattConfig config,
            AgentFigures agent,
            Consumer<String> warnings,
            Consumer<String> news) {
        return start(
                meter::snapshot,
                meter::findings,
                meter::addListener,
                registry,
                meter::countAsOwn,
                config,
                agent,
                warnings,
                news);
    }

    static MetricsExporter start(
            Supplier<MeterSnapshot> snapshots,
            Supplier<List<String>> findings,
            Consumer<CallListener> listeners,
            PrivateRegistry registry,
            Consumer<Thread> ownThreads,
            InferwattConfig config,
            AgentFigures agent,
            Consumer<String> warnings,
            Consumer<String> news) {
        InferwattConfig.Http http = config.http();
        MetricsExporter exporter = new MetricsExporter();
        if (!http.enabled()) {
            return exporter;
        }
        try {
            MetricsPage page =
                    new MetricsPage(registry::writeTo, registry.scrapeFailures(), System::nanoTime, warnings);
            ReportPages report = new ReportPages(
                    snapshots, findings, config, agent, System::currentTimeMillis, System::nanoTime, warnings);
            LivePages live = new LivePages(snapshots, findings, config, agent, warnings);
            Opening opening = EndpointOpening.of(http, warnings);
            PortWait.Attempt attempt = () -> {
                HttpEndpoint endpoint = HttpEndpoint.start(opening, pages(page, report, live), ownThreads, warnings);
                try {
                    registry.open();
                    listeners.accept(live);
                } catch (RuntimeException | Error e) {
                    endpoint.close(); // else it would serve what the warning says is not served
                    throw e;
                }
                exporter.opened(endpoint);
            };
            try {
                attempt.open();
            } catch (BindException taken) {
                warnings.accept(cannotListen(http, taken) + "; it is tried again until that works");
                exporter.waits(PortWait.start(
                        () -> {
                            attempt.open();
                            exporter.address()
                                    .ifPresent(at -> news.accept("http.port: " + place(http)
                                            + " is free now, metrics at " + at.resolve("/metrics")));
                        },
                        ownThreads,
                        e -> warnings.accept(notStarted(http, e))));
            }
        } catch (BadSecretException e) {
            warnings.accept(e.getMessage() + "; no endpoint is opened, so no metrics are served");
        } catch (IOException | RuntimeException | LinkageError e) {
            warnings.accept(notStarted(http, e));
        }
        return exporter;
    }

    private static String notStarted(InferwattConfig.Http http, Throwable e) {
        return e instanceof IOException io
                ? cannotListen(http, io)
                : "http.enabled: the endpoint failed to start (" + e + "); no metrics are served";
    }

    private static String cannotListen(InferwattConfig.Http http, IOException e) {
        return "http.port: cannot listen on " + place(http) + " (" + e.getMessage()
                + "); no metrics are served; allowed: a free port, or 0 for any";
    }

    private synchronized void opened(HttpEndpoint opened) {
        endpoint = opened;
        if (closed) {
            close(); // while it was opened
        }
    }

    private synchronized void waits(PortWait begun) {
        wait = begun;
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

    /** Returns where the endpoint listens; empty if there is none, or none yet. */
    public synchronized Optional<URI> address() {
        return Optional.ofNullable(endpoint).map(HttpEndpoint::address);
    }

    /** Stops listening and ends all threads. A second time it does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        if (wait != null) {
            wait.close();
        }
        if (endpoint != null) {
            endpoint.close();
            endpoint = null;
        }
    }
}
