package io.inferwatt.exporters.live;

import com.google.gson.Gson;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.SettledCall;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.SnapshotDisclosure;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.http.FreshPage;
import io.inferwatt.exporters.http.Page;
import io.inferwatt.exporters.http.ResourcePage;
import io.inferwatt.exporters.http.Turn;
import io.inferwatt.exporters.report.FigureJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The live page, its script and style, and the figures that it reads: once with the past in {@code /api/v1/live}, then each second in
 * {@code /api/v1/events}, a stream of one event that ends. The browser asks again by itself, so that nobody holds a thread and
 * who reads slowly delays nobody. A body serves for a second, however many pages are open.
 */
public final class LivePages implements CallListener {

    /** What the browser waits before it asks for the next event. */
    private static final String RETRY = "retry: 1000\ndata: ";

    private static final long BETWEEN_POINTS_NANOS = 900_000_000;

    private final Supplier<MeterSnapshot> snapshots;
    private final Supplier<List<String>> findings;
    private final InferwattConfig config;
    private final AgentFigures agent;
    private final Consumer<String> warnings;
    private final LongSupplier nanoTime;
    private final LongSupplier epochMillis;
    private final long startMillis;
    private final PowerHistory history = new PowerHistory();
    private final Turn making = new Turn();
    private long nextPointNanos; // of the sampler's thread alone
    private boolean told;

    /**
     * Makes pages whose figures began now.
     *
     * @param warnings takes a line when the figures cannot be written, once
     */
    public LivePages(
            Supplier<MeterSnapshot> snapshots,
            Supplier<List<String>> findings,
            InferwattConfig config,
            AgentFigures agent,
            Consumer<String> warnings) {
        this(snapshots, findings, config, agent, warnings, System::nanoTime, System::currentTimeMillis);
    }

    LivePages(
            Supplier<MeterSnapshot> snapshots,
            Supplier<List<String>> findings,
            InferwattConfig config,
            AgentFigures agent,
            Consumer<String> warnings,
            LongSupplier nanoTime,
            LongSupplier epochMillis) {
        this.snapshots = snapshots;
        this.findings = findings;
        this.config = config;
        this.agent = agent;
        this.warnings = warnings;
        this.nanoTime = nanoTime;
        this.epochMillis = epochMillis;
        this.startMillis = epochMillis.getAsLong();
        this.nextPointNanos = nanoTime.getAsLong();
    }

    /** Returns what each path shows. */
    public Map<String, Page> byPath() {
        Page icon = new ResourcePage(LivePages.class, "live.svg", "image/svg+xml");
        return Map.of(
                "/",
                new ResourcePage(LivePages.class, "live.html", "text/html; charset=utf-8"),
                "/live.js",
                new ResourcePage(LivePages.class, "live.js", "text/javascript; charset=utf-8"),
                "/live.css",
                new ResourcePage(LivePages.class, "live.css", "text/css; charset=utf-8"),
                "/live.svg",
                icon,
                "/favicon.ico",
                icon,
                "/api/v1/live",
                fresh("application/json", () -> Json.WRITER.toJson(live(true)) + "\n"),
                "/api/v1/events",
                fresh("text/event-stream", () -> RETRY + Json.WRITER.toJson(live(false)) + "\n\n"));
    }

    private Page fresh(String contentType, Supplier<String> body) {
        return new FreshPage(
                contentType,
                out -> out.write(body.get().getBytes(StandardCharsets.UTF_8)),
                making,
                nanoTime,
                this::failed);
    }

    private void failed(Throwable cause) {
        if (!told) {
            told = true;
            warnings.accept("/api/v1/live could not be written (" + cause
                    + "); the live page shows the last good figures and says how old they are");
        }
    }

    /** Keeps a point of the past about once a second while calls run, also while nobody looks. */
    @Override
    public void settled(SettledCall call) {
        long now = nanoTime.getAsLong();
        if (now - nextPointNanos >= 0) {
            nextPointNanos = now + BETWEEN_POINTS_NANOS;
            history.add(snapshots.get());
        }
    }

    private Live live(boolean withPast) {
        MeterSnapshot snapshot = snapshots.get();
        history.add(snapshot);
        long now = epochMillis.getAsLong();
        Live.@Nullable History shown = withPast ? history.history() : null;
        return LiveView.of(
                snapshot,
                disclosure(snapshot, now),
                new Live.About(
                        config.serviceName(),
                        agent.hostName(),
                        agent.version(),
                        ProcessHandle.current().pid()),
                now,
                startMillis,
                config.maxModels(),
                history,
                shown);
    }

    private Disclosure disclosure(MeterSnapshot snapshot, long nowMillis) {
        return SnapshotDisclosure.of(
                snapshot,
                new Disclosure.About(
                        config.serviceName(), agent.hostName(), agent.version(), "running JVM", "", time(nowMillis)),
                new Disclosure.Period(time(startMillis), time(nowMillis), Math.max(0, nowMillis - startMillis) / 1e3),
                config.carbon().marketGramsPerKwh().orElse(Double.NaN),
                findings.get());
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Apart, since Gson brings 80 classes, which the start of a JVM whose page nobody looks at can do without. */
    private static final class Json {

        static final Gson WRITER = FigureJson.builder().create();
    }
}
