package io.inferwatt.core.sampling;

import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.KeyTable;
import io.inferwatt.core.host.HostCpuClock;
import io.inferwatt.core.host.SampledCpuClock;
import io.inferwatt.core.report.MeterSnapshot.LocalServerTotals;
import java.util.Arrays;
import java.util.List;

/**
 * Divides the processor time of a tick over models, the rest of this JVM and other processes. Sampler thread only.
 *
 * <p>The clocks differ in step (nanoseconds for threads, 10 ms for the machine and, without native clocks, the process) and are read one after the
 * other, so that differences of fresh readings can come out negative. Each column therefore follows the highest total it
 * ever had: what one tick bills too early the next ones bill less.
 *
 * <p>Of virtual threads and of very short calls the processor time is not read. Their time in flight stands in for it, but
 * a caller that waits uses none, so together they get no more than what the process used and nobody else is billed for.
 *
 * <p>What model servers in other processes of this machine use while calls are in flight with them goes to the models of these
 * calls, and is no more part of other processes.
 */
final class CpuAccounts {

    private static final double NANOS = 1e-9;

    /** The clocks of the process and the machine may be behind by one of their steps for each running thread. */
    private static final long STEP_NANOS = 10_000_000;

    private final Calls calls;
    private final EnginePoolCpu enginePools;
    private final CpuClocks clocks;
    private final HostCpuClock host;

    private final long[] poolNanos = new long[KeyTable.CAPACITY];
    private final long[] modelNanos = new long[KeyTable.CAPACITY];
    private final long[] billedNanos = new long[KeyTable.CAPACITY];
    private final long[] unreadNanos = new long[KeyTable.CAPACITY];
    private final long[] seenUnread = new long[KeyTable.CAPACITY];
    private final boolean[] waits = new boolean[KeyTable.CAPACITY];
    private final double[] unreadSince = new double[KeyTable.CAPACITY];
    private final long[] lastInFlight = new long[KeyTable.CAPACITY];
    private final double[] cpuSeconds = new double[KeyTable.CAPACITY];
    private final long[] lastUnits = new long[KeyTable.CAPACITY];
    private final HighWater runtime;
    private final HighWater other;
    private final long otherSlackNanos;
    private final LocalServers servers;
    private long serversNanos;
    private long callersNanos;
    private long lastBegun;
    private int looksSinceCall;
    private double grantedNanos;
    private long lastModelsNanos;
    private long lastNanos;
    private long lastBusyNanos;
    private long lastTotalNanos;

    CpuAccounts(Calls calls, CpuClocks clocks, HostCpuClock host, LocalServers servers) {
        this.calls = calls;
        this.servers = servers;
        this.enginePools = new EnginePoolCpu(calls.enginePools(), clocks);
        this.clocks = clocks;
        this.host = host;
        int processors = Runtime.getRuntime().availableProcessors();
        this.runtime = new HighWater(STEP_NANOS * (5 + processors));
        // The clock of the machine is carried on between its readings, and may miss that all processors became busy.
        this.otherSlackNanos = STEP_NANOS * 5 + (STEP_NANOS + SampledCpuClock.LONGEST_CARRY_NANOS) * processors;
        this.other = new HighWater(otherSlackNanos);
    }

    /** Makes {@code drain} the zero from which the first tick counts. */
    void start(CallDrain drain) {
        TickFeatures before = new TickFeatures();
        fill(drain, before);
        Arrays.fill(cpuSeconds, 0);
    }

    /** Fills {@code tick} with what happened since the previous call. */
    void fill(CallDrain drain, TickFeatures tick) {
        long now = drain.nanos();
        int keys = drain.keys();
        tick.nanos = now;
        tick.seconds = (now - lastNanos) * NANOS;
        tick.keys = keys;
        lastNanos = now;
        servers.look(drain);

        // Before the clocks of threads: it says whether those of resting pools are worth a look.
        long process = clocks.processNanos();
        long models = 0;
        enginePools.addTo(poolNanos, drain, process > 0 ? process - lastModelsNanos : EnginePoolCpu.UNKNOWN);
        long running = 0;
        for (int key = 0; key < keys; key++) {
            modelNanos[key] = drain.cpuNanos(key) + poolNanos[key];
            unreadNanos[key] = drain.unreadNanos(key);
            running += drain.inFlight(key);
        }
        if (running > 0) { // it looks at every thread that ever made a call: 0.5 ms for 10,000 of them
            calls.addCpuInFlight(modelNanos, unreadNanos, drain);
        }
        for (int key = 0; key < keys; key++) {
            tick.remote[key] = isRemote(key);
            // Waiting for an answer is no stand-in for processor time.
            waits[key] = tick.remote[key] || (unreadNanos[key] > 0 && servers.takesPart(key));
            long billed = Math.max(billedNanos[key], modelNanos[key]);
            tick.cpuSeconds[key] = (billed - billedNanos[key]) * NANOS;
            billedNanos[key] = billed;
            models += billed;

            // Differences first: the totals may wrap around.
            long inFlight = drain.inFlightNanos(key);
            long units = drain.unitNanos(key);
            double unitSeconds = Math.max(0, units - lastUnits[key]) * NANOS;
            tick.remoteSeconds[key] = tick.remote[key] ? unitSeconds : 0;
            tick.unitSeconds[key] = tick.remote[key] ? 0 : unitSeconds;
            tick.inFlightSeconds[key] = tick.remote[key] ? 0 : Math.max(0, inFlight - lastInFlight[key]) * NANOS;
            lastInFlight[key] = inFlight;
            lastUnits[key] = units;
        }

        lastModelsNanos = models;
        grantUnread(process > 0 ? process - models : Double.POSITIVE_INFINITY, tick);
        // What a calling thread does before and after its calls comes and goes with them. The clock of the process is
        // too coarse to show that, the thread's own is exact.
        long callersBefore = callersNanos;
        if (isAnyCallerFollowed(drain, running)) {
            callersNanos = calls.callersNanos();
        }
        tick.callerCpuSeconds = (callersNanos - callersBefore) * NANOS;
        long beside = process - models - (long) grantedNanos - callersNanos;
        tick.runtimeCpuSeconds = runtime.rise(beside) * NANOS + tick.callerCpuSeconds;

        long busy = host.busyNanos();
        long total = host.totalNanos();
        long elsewhere = busy - process - serversNanos;
        serversNanos += servers.book(tick, Math.max(0, elsewhere - other.level() + otherSlackNanos));
        tick.otherCpuSeconds = other.rise(busy - process - serversNanos) * NANOS;
        for (int key = 0; key < keys; key++) {
            cpuSeconds[key] += tick.cpuSeconds[key];
        }
        tick.hostLoad = total > lastTotalNanos
                ? Math.min(1, (double) (busy - lastBusyNanos) / (total - lastTotalNanos))
                : Double.NaN;
        lastBusyNanos = busy;
        lastTotalNanos = total;
    }

    private boolean isRemote(int key) {
        return calls.keys().key(key).remote();
    }

    /** Like the clocks of calls in flight it looks at every thread that ever made a call: not when all have fallen silent. */
    private boolean isAnyCallerFollowed(CallDrain drain, long running) {
        long begun = 0;
        for (int key = 0; key < drain.keys(); key++) {
            begun += drain.begun(key);
        }
        looksSinceCall = running > 0 || begun != lastBegun ? 0 : looksSinceCall + 1;
        lastBegun = begun;
        return looksSinceCall <= Calls.LOOKS_AFTER_CALL + 1;
    }

    /** Returns the processor time billed to a model since the start. */
    double cpuSeconds(int key) {
        return cpuSeconds[key];
    }

    /** Returns what is known of the servers on this machine that calls ask. */
    List<LocalServerTotals> localServers() {
        return servers.totals();
    }

    /**
     * Returns the part of a model's {@link #cpuSeconds} that its engine's threads have certainly used with none of its calls in
     * flight; never decreases.
     */
    double spinningSeconds(int key) {
        return enginePools.spinningNanos(key) * NANOS;
    }

    void close() {
        servers.close();
    }

    /** Bills calls whose processor time was not read by their time in flight, at most what the process used beside. */
    private void grantUnread(double beside, TickFeatures tick) {
        double sum = 0;
        for (int key = 0; key < tick.keys; key++) {
            long seen = Math.max(seenUnread[key], unreadNanos[key]);
            unreadSince[key] = waits[key] ? 0 : seen - seenUnread[key];
            sum += unreadSince[key];
            seenUnread[key] = seen;
        }
        double room = Math.max(0, beside - grantedNanos - runtime.level() - callersNanos + STEP_NANOS);
        double granted = Math.min(sum, room);
        for (int key = 0; sum > 0 && key < tick.keys; key++) {
            tick.cpuSeconds[key] += unreadSince[key] / sum * granted * NANOS;
        }
        grantedNanos += granted;
    }
}
