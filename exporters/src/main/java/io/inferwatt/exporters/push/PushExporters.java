package io.inferwatt.exporters.push;

import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.config.InferwattConfig.Exports;
import io.inferwatt.core.config.InferwattConfig.Otlp;
import io.inferwatt.core.config.InferwattConfig.Pushgateway;
import io.inferwatt.core.config.InferwattConfig.RemoteWrite;
import io.inferwatt.core.config.InferwattConfig.Temporality;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.PrivateRegistry;
import io.inferwatt.exporters.PushCounts;
import io.inferwatt.exporters.micrometer.InferenceEnergyMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All ways to push that the settings ask for, each by itself. Nothing that goes wrong here reaches the caller: it becomes a line, and
 * the meter runs on. Safe from all threads.
 */
public final class PushExporters implements AutoCloseable {

    /** How long the end of the JVM is held up at most, for all ways together. */
    public static final Duration LONGEST_CLOSE = Duration.ofSeconds(4);

    static final String PUSHGATEWAY = "pushgateway";
    static final String REMOTE_WRITE = "remote_write";
    static final String OTLP = "otlp";

    private static final String SETTING = "export.";
    private static final String DEFAULT_JOB = "inferwatt";
    private static final String INSTANCE = "instance";

    /** Some hours of samples, compressed. */
    private static final long QUEUE_BYTES = 4 << 20;

    private final List<PushLoop> loops = new ArrayList<>();

    private final Supplier<MeterSnapshot> snapshots;
    private final Consumer<CallListener> listeners;
    private final PrivateRegistry registry;
    private final AgentFigures agent;
    private final InferwattConfig config;
    private final Ways ways;

    /**
     * What all ways have in common.
     *
     * @param ownThreads told of each thread
     * @param firstPause after a failure
     */
    record Ways(Consumer<Thread> ownThreads, Duration firstPause, Consumer<String> warnings, Consumer<String> infos) {}

    private PushExporters(
            Supplier<MeterSnapshot> snapshots,
            Consumer<CallListener> listeners,
            PrivateRegistry registry,
            AgentFigures agent,
            InferwattConfig config,
            Ways ways) {
        this.snapshots = snapshots;
        this.listeners = listeners;
        this.registry = registry;
        this.agent = agent;
        this.config = config;
        this.ways = ways;
    }

    /** Returns what is counted of each way that the settings ask for, to be among the figures of the agent. */
    public static List<PushCounts> counts(Exports exports) {
        List<PushCounts> counts = new ArrayList<>();
        exports.pushgateway().url().ifPresent(url -> counts.add(new PushCounts(PUSHGATEWAY)));
        exports.remoteWrite().url().ifPresent(url -> counts.add(new PushCounts(REMOTE_WRITE)));
        exports.otlp().url().ifPresent(url -> counts.add(new PushCounts(OTLP)));
        return counts;
    }

    /**
     * Starts what the settings ask for; nothing by default. Never throws.
     *
     * @param agent has the {@link #counts} of the same settings
     * @param warnings takes a line when a server begins to fail; called from any thread
     * @param infos takes a line when it works again
     */
    public static PushExporters start(
            EnergyMeter meter,
            PrivateRegistry registry,
            InferwattConfig config,
            AgentFigures agent,
            Consumer<String> warnings,
            Consumer<String> infos) {
        Ways ways = new Ways(meter::countAsOwn, Duration.ofSeconds(1), warnings, infos);
        return start(meter::snapshot, meter::addListener, registry, config, agent, ways);
    }

    static PushExporters start(
            Supplier<MeterSnapshot> snapshots,
            Consumer<CallListener> listeners,
            PrivateRegistry registry,
            InferwattConfig config,
            AgentFigures agent,
            Ways ways) {
        PushExporters exporters = new PushExporters(snapshots, listeners, registry, agent, config, ways);
        for (PushCounts counts : agent.pushes()) {
            exporters.tryStart(counts);
        }
        return exporters;
    }

    private void tryStart(PushCounts counts) {
        String setting = SETTING + counts.exporter();
        try {
            switch (counts.exporter()) {
                case PUSHGATEWAY -> startPushgateway(setting, config.exports().pushgateway(), counts);
                case REMOTE_WRITE -> startRemoteWrite(setting, config.exports().remoteWrite(), counts);
                default -> startOtlp(setting, config.exports().otlp(), counts);
            }
        } catch (RuntimeException | LinkageError e) {
            ways.warnings().accept(setting + ": failed to start (" + e + "); nothing is pushed there");
        }
    }

    private void startPushgateway(String setting, Pushgateway settings, PushCounts counts) {
        Target target = Target.of(setting, settings.url().orElseThrow(), settings.authFile(), ways.warnings());
        if (target == null) {
            return;
        }
        registry.open();
        Map<String, String> grouping = settings.grouping().orElseGet(() -> Map.of(INSTANCE, instance()));
        Route route = new PushgatewayRoute(
                registry::text,
                target,
                settings.job().orElse(job()),
                withoutOurs(setting + ".grouping", grouping),
                settings.deleteOnExit());
        begin(setting, route, target, BodyQueue.ofLatest(), counts, settings.interval());
    }

    private void startRemoteWrite(String setting, RemoteWrite settings, PushCounts counts) {
        Target target = Target.of(setting, settings.url().orElseThrow(), settings.authFile(), ways.warnings());
        if (target == null) {
            return;
        }
        registry.open();
        Map<String, String> labels = new TreeMap<>(Map.of("job", job(), INSTANCE, instance()));
        labels.putAll(withoutOurs(setting + ".labels", settings.labels()));
        Route route = new RemoteWriteRoute(registry::text, target, labels, System::currentTimeMillis, ways.warnings());
        BodyQueue queue = BodyQueue.inOrder(QUEUE_BYTES, counts::countDropped);
        begin(setting, route, target, queue, counts, settings.interval());
    }

    /** With metrics of its own: their names and units are others, and the rhythm is the registry's. */
    private void startOtlp(String setting, Otlp settings, PushCounts counts) {
        Target target = Target.of(setting, settings.url().orElseThrow(), settings.authFile(), ways.warnings());
        if (target == null) {
            return;
        }
        boolean delta = settings.temporality() == Temporality.DELTA;
        BodyQueue queue = delta ? BodyQueue.inOrder(QUEUE_BYTES, counts::countDropped) : BodyQueue.ofLatest();
        OtlpRoute route = new OtlpRoute(settings, resource(), target, queue, ways.ownThreads());
        InferenceEnergyMetrics metrics = new InferenceEnergyMetrics(snapshots, config.maxModels(), agent);
        route.bind(metrics);
        listeners.accept(metrics);
        PushLoop loop = begin(setting, route, target, queue, counts, settings.interval());
        route.onMessage(loop::wake);
    }

    private PushLoop begin(
            String setting, Route route, Target target, BodyQueue queue, PushCounts counts, Duration interval) {
        PushLoop loop = new PushLoop(
                setting, route, target, queue, counts, interval, ways.firstPause(), ways.warnings(), ways.infos());
        loops.add(loop);
        loop.start(ways.ownThreads());
        return loop;
    }

    private String job() {
        return config.serviceName().isBlank() ? DEFAULT_JOB : config.serviceName();
    }

    private String instance() {
        return agent.hostName() + ":" + ProcessHandle.current().pid();
    }

    private Map<String, String> resource() {
        Map<String, String> resource = new LinkedHashMap<>();
        resource.put("service.name", job());
        resource.put("service.instance.id", instance());
        resource.put("host.name", agent.hostName());
        return resource;
    }

    /** A label that our series have themselves would be overwritten there, and figures of different things become one. */
    private Map<String, String> withoutOurs(String setting, Map<String, String> labels) {
        Map<String, String> allowed = new LinkedHashMap<>();
        labels.forEach((label, value) -> {
            if (InferenceEnergyMetrics.labels().contains(label)) {
                ways.warnings()
                        .accept(setting + ": the metrics have a label " + label
                                + " of their own; allowed: any other name; it is left out");
            } else {
                allowed.put(label, value);
            }
        });
        return allowed;
    }

    /** Returns whether anything is pushed. */
    public boolean isActive() {
        return !loops.isEmpty();
    }

    /** Sends the last figures, for {@link #LONGEST_CLOSE} at most, and ends all threads. The meter is to be closed before. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + LONGEST_CLOSE.toNanos();
        loops.forEach(loop -> loop.beginClose(deadline));
        try {
            for (PushLoop loop : loops) {
                loop.awaitClose();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
