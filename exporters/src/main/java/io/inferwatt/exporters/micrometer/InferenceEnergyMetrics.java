package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.SettledCall;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.PushCounts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The meter's figures as Micrometer meters, for any registry and for several at once.
 *
 * <pre>{@code
 * InferenceEnergyMetrics.of(meter, InferwattConfig.DEFAULTS, AgentFigures.ofLibrary("1.0", host)).bindTo(registry);
 * }</pre>
 *
 * <p>Counters and gauges show one snapshot of the meter: reads that follow each other closely, as in a scrape, share
 * it, and the first read after a pause takes a new one. Whoever wants to choose the moment calls {@link #refresh}. The
 * histogram of joules per call is fed by {@link #settled}; two hash look-ups a call, no allocation, no registry.
 *
 * <p>At most {@code maxModels} model names are exported. Later ones are summed under {@code other} for good, so no joule
 * is lost and no counter falls. Safe from all threads.
 */
public final class InferenceEnergyMetrics implements MeterBinder, CallListener {

    /** Name of the histogram of joules of a request, in the notation of Micrometer. */
    public static final String REQUEST_ENERGY = Catalogue.REQUEST_ENERGY.name();

    /** How many times larger the joules of {@link #bindMultiplied} are: the lowest bound is a thousandth of a joule. */
    public static final double BY = 1e6;

    /** A scrape of a thousand series lasts milliseconds, two scrapers are seconds apart. */
    private static final long PAUSE_NANOS = 200_000_000;

    /** For registries that are read all the time, so that there never is a pause. */
    private static final long MAX_AGE_NANOS = 5_000_000_000L;

    private final Supplier<MeterSnapshot> snapshots;
    private final LongSupplier nanoTime;
    private final AgentFigures agent;
    private final SeriesTable table = new SeriesTable(this::beforeRead);
    private final CallTable calls = new CallTable();
    private final ModelFigures models;
    private final DomainFigures domains;
    private final MeterFigures meters;
    private final PlaceFigures places;
    private final LocalServerFigures servers;
    private final BudgetFigures budgets;
    private final SiteFigures site;
    private final AgentCosts costs;

    // Two locks: settled() runs on the sampler thread and must never wait for somebody who waits for a snapshot.
    private final ReentrantLock refreshing = new ReentrantLock();
    private final List<MeterRegistry> registries = new ArrayList<>();

    private final LongAdder callsWithoutFigure = new LongAdder();
    private final LongAdder failedRefreshes = new LongAdder();
    private volatile boolean refreshedByReads = true;
    private volatile long lastReadNanos;
    private volatile long refreshedNanos;

    /**
     * Creates metrics over any supplier of snapshots. Calls must be handed to {@link #settled}, else the histogram stays
     * empty.
     *
     * @param snapshots asked on the thread that reads a meter; quick
     * @param maxModels model names in all, {@code other} included, at least 1
     */
    public InferenceEnergyMetrics(Supplier<MeterSnapshot> snapshots, int maxModels, AgentFigures agent) {
        this(snapshots, maxModels, agent, System::nanoTime);
    }

    InferenceEnergyMetrics(
            Supplier<MeterSnapshot> snapshots, int maxModels, AgentFigures agent, LongSupplier nanoTime) {
        this.snapshots = snapshots;
        this.nanoTime = nanoTime;
        this.agent = agent;
        this.models = new ModelFigures(maxModels, table, calls, new RemoteFigures(table, agent.hostName()));
        this.domains = new DomainFigures(table, agent.hostName());
        this.meters = new MeterFigures(table);
        this.places = new PlaceFigures(table);
        this.servers = new LocalServerFigures(table);
        this.budgets = new BudgetFigures(table);
        this.site = new SiteFigures(table);
        this.costs = new AgentCosts(table);
        this.lastReadNanos = nanoTime.getAsLong();
        this.refreshedNanos = lastReadNanos;
    }

    /** Returns metrics of a running meter that hear of every call which settles from now on. */
    public static InferenceEnergyMetrics of(EnergyMeter meter, InferwattConfig config, AgentFigures agent) {
        InferenceEnergyMetrics metrics = new InferenceEnergyMetrics(meter::snapshot, config.maxModels(), agent);
        meter.addListener(metrics);
        return metrics;
    }

    /** Returns the keys of all labels that meters may have; {@code le} is that of buckets. */
    public static Set<String> labels() {
        Set<String> labels = new HashSet<>(Set.of("le"));
        Catalogue.ALL.forEach(family -> labels.addAll(family.labels()));
        return labels;
    }

    /** Registers all meters, those of later models too as soon as they are known. A second time it does nothing. */
    @Override
    public void bindTo(MeterRegistry registry) {
        bind(registry, EnergyHistograms.in(registry));
    }

    /**
     * Does the same for a registry that knows no bucket below 1: all joules of its histogram {@link #REQUEST_ENERGY}, sums and bounds of
     * buckets alike, are {@value #BY} times what they are, and who sends its messages divides them.
     */
    public void bindMultiplied(MeterRegistry registry) {
        bind(registry, EnergyHistograms.multiplied(registry, BY));
    }

    private void bind(MeterRegistry registry, EnergyHistograms histograms) {
        refreshing.lock();
        try {
            if (registries.contains(registry)) {
                return;
            }
            registries.add(registry);
            calls.bind(registry, histograms);
            table.bind(registry);
            tryRefresh();
        } finally {
            refreshing.unlock();
        }
    }

    /** Forgets a registry that is read no more; what it has stays as it is. */
    public void unbind(MeterRegistry registry) {
        refreshing.lock();
        try {
            registries.remove(registry);
            calls.unbind(registry);
            table.unbind(registry);
        } finally {
            refreshing.unlock();
        }
    }

    /**
     * Takes a new snapshot for all meters. From the first time on reads no longer do so by themselves.
     *
     * @throws RuntimeException what the supplier of snapshots throws; the former figures stay
     */
    public void refresh() {
        refreshedByReads = false;
        refreshing.lock();
        try {
            takeSnapshot();
        } finally {
            refreshing.unlock();
        }
    }

    @Override
    public void settled(SettledCall call) {
        if (call.requests() == 0) {
            return; // its request is told by itself
        }
        double joules = call.joules() + call.remoteJoules();
        // Both parts: what one lacks the other must not make up for.
        boolean hasFigure = call.whole() && call.joules() >= 0 && call.remoteJoules() >= 0 && Double.isFinite(joules);
        if (!hasFigure) {
            callsWithoutFigure.increment();
        }
        models.callMeters(call.key()).record(call, hasFigure ? joules : Double.NaN);
    }

    private void beforeRead() {
        if (!refreshedByReads || refreshing.isHeldByCurrentThread()) {
            return;
        }
        long now = nanoTime.getAsLong();
        boolean due = now - lastReadNanos >= PAUSE_NANOS || now - refreshedNanos >= MAX_AGE_NANOS;
        lastReadNanos = now;
        if (due && refreshing.tryLock()) {
            try {
                tryRefresh();
            } finally {
                refreshing.unlock();
            }
        }
    }

    private void tryRefresh() {
        try {
            takeSnapshot();
        } catch (RuntimeException e) {
            failedRefreshes.increment();
        }
    }

    private void takeSnapshot() {
        refreshedNanos = nanoTime.getAsLong();
        MeterSnapshot snapshot = snapshots.get();
        table.begin();
        models.apply(snapshot);
        domains.apply(snapshot.domains());
        meters.apply(snapshot);
        places.apply(snapshot.remotePlaces());
        servers.apply(snapshot.localServers());
        budgets.apply(snapshot.budgets());
        table.count(Catalogue.REQUESTS_ACTIVE, snapshot.requestsActive());
        table.count(Catalogue.DROPPED_CALLS, snapshot.droppedCalls(), "ring_full");
        table.count(Catalogue.DROPPED_CALLS, callsWithoutFigure.sum(), "no_figure");
        site.apply(snapshot.intensity(), snapshot.facility());
        costs.apply(snapshot.own());
        addAgent();
        table.commit();
    }

    private void addAgent() {
        table.count(Catalogue.AGENT, 1, agent.version());
        table.count(
                Catalogue.INSTRUMENTATION_ERRORS, agent.instrumentationErrors().getAsLong());
        table.count(Catalogue.EXPORT_FAILURES, failedRefreshes.sum(), "scrape");
        agent.exportFailures()
                .forEach(
                        (exporter, failures) -> table.count(Catalogue.EXPORT_FAILURES, failures.getAsLong(), exporter));
        for (PushCounts push : agent.pushes()) {
            table.count(Catalogue.EXPORT_FAILURES, push.failed(), push.exporter());
            table.count(Catalogue.EXPORTS, push.done(), push.exporter());
            table.count(Catalogue.DROPPED_EXPORTS, push.dropped(), push.exporter());
        }
    }
}
