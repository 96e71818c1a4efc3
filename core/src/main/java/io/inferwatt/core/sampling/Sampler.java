package io.inferwatt.core.sampling;

import io.inferwatt.core.attribution.Attribution;
import io.inferwatt.core.attribution.CallEnergy;
import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.budget.BudgetLedger;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.KeyTable;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.energy.SourceSelection;
import io.inferwatt.core.footprint.Footprint;
import io.inferwatt.core.footprint.FootprintFactors;
import io.inferwatt.core.footprint.FootprintFactors.JouleFactors;
import io.inferwatt.core.footprint.Training;
import io.inferwatt.core.host.SampledCpuClock;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.CallRate;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.OwnCost;
import io.inferwatt.core.report.SettledCall;
import io.inferwatt.core.report.disclosure.LocalBand;
import io.inferwatt.core.tenant.TenantLedger;
import io.inferwatt.core.tenant.TenantTable;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One tick after the other: drain the recorder, read the processor clocks, read the counters, split, settle. The features
 * are read before the counters because a counter shows what was drawn up to about a millisecond ago. One thread.
 */
final class Sampler {

    private static final long SECOND = 1_000_000_000;
    private static final long SWEEP_NANOS = 10 * SECOND;
    private static final long SHORT_NANOS = 1_000_000;
    private static final long ENOUGH_CALLS = 10;

    /** So many ended calls are settled at once, before they take more memory: 100 kB. */
    private static final int MANY_ENDED = 1024;

    /** Settled within this, calls lie where the energy clocks are kept tick by tick. */
    private static final int LONGEST_UNSETTLED_TICKS = 64;

    private final Calls calls;
    private final SampledCpuClock hostCpu;
    private final CpuAccounts cpu;
    private final Attribution attribution;
    private final DomainLedgers domains;
    private final FootprintFactors factors;
    private final TenantTable tenants;
    private final TenantLedger tenantLedger;
    private final Rhythm rhythm;
    private final OwnCosts own;
    private final TickTimes times = new TickTimes();
    private final RemoteLedger remote;
    private final SnapshotWriter writer;
    private final Spinning spinning;
    private final SettledCallListeners listeners;
    private final RecentCalls recentCalls = new RecentCalls();

    private final CallDrain drain = new CallDrain();
    private final TickFeatures tick = new TickFeatures();
    private final CallRecord record = new CallRecord();
    private final CallEnergy energy = new CallEnergy();
    private final long[] seenEnded = new long[KeyTable.CAPACITY];
    private final long[] seenDuration = new long[KeyTable.CAPACITY];
    private int unsettledTicks;
    private int waitingRecords;
    private long lastSnapshotNanos;
    private long lastSweepNanos;
    private boolean finishing;
    private long lastRatesNanos;
    private volatile MeterSnapshot snapshot;
    private volatile boolean ratesAreAsked;
    private volatile @Nullable CallRate[] rates = new CallRate[0];

    Sampler(
            Calls calls,
            SampledCpuClock hostCpu,
            CpuAccounts cpu,
            Attribution attribution,
            SourceSelection sources,
            FootprintFactors factors,
            TenantTable tenants,
            Training training,
            BudgetLedger budgets,
            RemoteLedger remote,
            Rhythm rhythm,
            OwnThreads ownThreads,
            Consumer<String> warnings,
            Consumer<String> advice) {
        this.calls = calls;
        this.hostCpu = hostCpu;
        this.cpu = cpu;
        this.attribution = attribution;
        this.domains = new DomainLedgers(sources, attribution);
        this.factors = factors;
        this.tenants = tenants;
        this.tenantLedger = new TenantLedger(tenants);
        this.listeners = new SettledCallListeners(System.nanoTime(), warnings);
        listeners.add(tenantLedger);
        listeners.add(budgets);
        this.remote = remote;
        this.rhythm = rhythm;
        this.own = new OwnCosts(ownThreads);
        this.spinning = new Spinning(calls, cpu, attribution, advice);
        this.writer =
                new SnapshotWriter(calls, attribution, domains, remote, cpu, factors, training, tenantLedger, budgets);
        this.snapshot = writer.write(drain, ownCost(), 0);
    }

    void addListener(CallListener listener) {
        listeners.add(listener);
    }

    void listenersAreComplete() {
        listeners.complete();
    }

    MeterSnapshot snapshot() {
        return snapshot;
    }

    /** Returns what the calls of a key drew lately; null if that is not known, as when asked for the first time. For any thread. */
    @Nullable
    CallRate recentRate(int key) {
        if (!ratesAreAsked) {
            ratesAreAsked = true;
        }
        @Nullable CallRate[] known = rates;
        return key < known.length ? known[key] : null;
    }

    /** Anchors all clocks and counters: what happened before is not metered. */
    void start(long nowNanos, long epochMillis) {
        calls.drain(drain, nowNanos);
        hostCpu.refresh(nowNanos);
        cpu.start(drain);
        attribution.start(nowNanos);
        own.start();
        times.start(nowNanos);
        tick.nanos = nowNanos;
        tick.seconds = 0;
        tick.keys = drain.keys();
        attribution.begin(tick, JouleFactors.NONE);
        domains.readAndBook(tick, nowNanos, epochMillis);
        if (finishing) {
            attribution.flush(tick.keys);
        }
        attribution.end(tick);
        settle();
        lastSnapshotNanos = nowNanos;
        lastRatesNanos = nowNanos;
        lastSweepNanos = nowNanos;
    }

    /** Does one tick and returns nanoseconds until the next. */
    long tick(long nowNanos, long epochMillis) {
        times.begin(nowNanos);
        boolean allKept;
        try {
            calls.drain(drain, nowNanos);
        } finally {
            allKept = drain.keepAll();
        }
        hostCpu.refresh(nowNanos);
        cpu.fill(drain, tick);
        attribution.begin(tick, factors.now());
        domains.readAndBook(tick, nowNanos, epochMillis);
        if (finishing) {
            attribution.flush(tick.keys);
        }
        attribution.end(tick);
        own.add(attribution.runtimeMicrojoules(), tick.runtimeCpuSeconds);
        boolean secondPassed = nowNanos - lastSnapshotNanos >= SECOND;
        if (secondPassed || finishing || isMuchUnsettled(allKept)) {
            settle();
        }
        if (secondPassed) {
            lastSnapshotNanos = nowNanos;
            publish();
        }
        if (nowNanos - lastSweepNanos >= SWEEP_NANOS) {
            lastSweepNanos = nowNanos;
            calls.forgetDeadThreads();
        }
        remote.tick(); // last: it may take 80 ms once, which must not lie between the clocks and the counters
        return times.end(rhythm.next(nowNanos, begun(), inFlight(), domains.wantedTickNanos()));
    }

    /** Makes what is known now visible. */
    void publish() {
        domains.secondPassed();
        own.secondPassed();
        own.tell(rhythm.limiter(), tick.nanos, drain, begun(), rhythm.busyNanos());
        markShortCalls();
        spinning.secondPassed(drain);
        MeterSnapshot written = writer.write(drain, ownCost(), lastSnapshotNanos);
        if (ratesAreAsked) {
            Map<ModelKey, LocalBand> bands = LocalBand.of(written);
            rates = recentCalls.rates(
                    drain.keys(), key -> bands.get(calls.keys().key(key)));
        }
        recentCalls.pass(drain.keys(), (tick.nanos - lastRatesNanos) / 1e9);
        lastRatesNanos = tick.nanos;
        snapshot = written;
    }

    private OwnCost ownCost() {
        return own.cost(times.totals(rhythm.busyNanosInForce(), rhythm.limiter()));
    }

    /** Does the last tick: settles what there is, whether or not all counters have moved since. */
    void finish(long nowNanos, long epochMillis) {
        finishing = true;
        tick(nowNanos, epochMillis);
        publish();
    }

    void close() {
        cpu.close();
    }

    private boolean isMuchUnsettled(boolean allKept) {
        return !allKept
                || drain.recordCount() - waitingRecords >= MANY_ENDED
                || ++unsettledTicks >= LONGEST_UNSETTLED_TICKS;
    }

    /**
     * Settles all calls whose energy is final. Once a second is enough, and in one go each takes less than alone after a
     * tick's pause, in which others have filled the processor's caches: 0.8 instead of 2 µs, on a busy machine.
     */
    private void settle() {
        unsettledTicks = 0;
        waitingRecords = 0;
        drain.keepNone();
        int seen = 0;
        try {
            listeners.admit(tick.nanos);
            while (seen < drain.recordCount()) {
                settle(seen++);
            }
        } catch (Throwable broken) { // such as the want of memory, which must not cost the calls behind
            drain.keepFrom(seen);
            throw broken;
        }
    }

    private void settle(int index) {
        drain.record(index, record);
        if (!finishing && !attribution.isFinal(record) && drain.keep(index)) {
            waitingRecords++;
            return;
        }
        attribution.addTokens(record);
        remote.settle(record);
        if (record.requests() == 0) {
            energy.none(); // it asked a remote model for a request that is counted, and has drawn here, elsewhere
        } else {
            attribution.settle(record, energy);
            recentCalls.add(record, energy);
        }
        listeners.tell(settled());
    }

    private SettledCall settled() {
        return new SettledCall(
                calls.keys().key(record.key()),
                record.outcome(),
                record.beginNanos(),
                record.endNanos(),
                record.requests(),
                record.units(),
                new TokenUsage(
                        record.inputTokens(), record.cachedTokens(), record.outputTokens(), record.reasoningTokens()),
                energy.joules(),
                energy.joulesWithIdle(),
                remote.joules(),
                remote.band(),
                remote.method(),
                energy.byComponent(),
                footprint(),
                tenants.of(record.tenant()),
                remote.whole(),
                record.firstTokenNanos() == 0 ? Double.NaN : (record.firstTokenNanos() - record.beginNanos()) / 1e9,
                energy.quality(),
                record.traceIdHigh(),
                record.traceIdLow(),
                record.spanId());
    }

    private Footprint footprint() {
        double joules = energy.joulesWithIdle();
        Footprint here = new Footprint(
                energy.gramsWithIdle(),
                energy.embodiedGrams(),
                factors.facility().grams(joules, factors.marketGramsPerKwh()),
                factors.facility().liters(joules));
        return here.with(remote.footprint());
    }

    private void markShortCalls() {
        for (int key = 0; key < drain.keys(); key++) {
            long ended = drain.ended(key) - seenEnded[key];
            if (ended >= ENOUGH_CALLS) {
                calls.markShort(key, (drain.durationNanos(key) - seenDuration[key]) / ended < SHORT_NANOS);
                seenEnded[key] += ended;
                seenDuration[key] = drain.durationNanos(key);
            }
        }
    }

    private long begun() {
        long begun = 0;
        for (int key = 0; key < drain.keys(); key++) {
            begun += drain.begun(key);
        }
        return begun;
    }

    private long inFlight() {
        long inFlight = 0;
        for (int key = 0; key < drain.keys(); key++) {
            inFlight += drain.inFlight(key);
        }
        return inFlight;
    }
}
