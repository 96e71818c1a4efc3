package io.inferwatt.core.sampling;

import io.inferwatt.core.attribution.Attribution;
import io.inferwatt.core.budget.BudgetLedger;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.energy.SourceSelection;
import io.inferwatt.core.energy.modelled.ModelledEnergySource;
import io.inferwatt.core.footprint.FootprintFactors;
import io.inferwatt.core.footprint.Training;
import io.inferwatt.core.footprint.remote.DeferredEstimates;
import io.inferwatt.core.host.HostFacts;
import io.inferwatt.core.host.SampledCpuClock;
import io.inferwatt.core.host.ServingProcesses;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.CallRate;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.tenant.TenantTable;
import io.inferwatt.core.thread.SteadyThread;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the {@link Sampler} on a daemon thread. Safe from all threads. */
public final class SamplerThread implements AutoCloseable {

    /** A tick that comes a little early is still a whole one. */
    private static final double PART_OF_A_TICK = 0.8;

    private static final long CLOSE_MILLIS = 2000;
    private static final long AFTER_FAILURE_NANOS = 1_000_000_000;

    private final Sampler sampler;
    private final SourceSelection sources;
    private final SampledCpuClock hostCpu;
    private final Consumer<String> warnings;
    private final Thread thread;
    private volatile boolean closing;
    private boolean warned;
    private long waitNanos; // sampler thread only

    private SamplerThread(
            Sampler sampler, SourceSelection sources, SampledCpuClock hostCpu, Consumer<String> warnings) {
        this.sampler = sampler;
        this.sources = sources;
        this.hostCpu = hostCpu;
        this.warnings = warnings;
        this.thread = new SteadyThread("inferwatt-sampler", this::run);
    }

    /**
     * Starts sampling.
     *
     * @param serving told which processes of other model servers work for calls in flight
     * @param warnings receives one line when a tick fails for the first time, and one for each model server on this machine that
     *     cannot be metered
     * @param advice receives a line when a setting of the application would save energy
     */
    public static SamplerThread start(
            InferwattConfig config,
            Calls calls,
            HostFacts facts,
            SampledCpuClock hostCpu,
            SourceSelection sources,
            FootprintFactors factors,
            TenantTable tenants,
            Training training,
            BudgetLedger budgets,
            DeferredEstimates remoteEstimates,
            OwnThreads ownThreads,
            ServingProcesses serving,
            Consumer<String> warnings,
            Consumer<String> advice) {
        CpuClocks clocks = CpuClocks.ofThisProcess(config.sampling().nativeClocks());
        Duration tick = config.sampling().interval().orElse(clocks.shortestTick());
        Attribution attribution = new Attribution(
                config.attribution(),
                domain -> ModelledEnergySource.idleWatts(domain, facts),
                config.maxCallDuration().toNanos(),
                PART_OF_A_TICK * tick.toNanos() / 1e9,
                factors.embodied(),
                config.records().file().isPresent());
        calls.limitDuration(config.maxCallDuration());
        calls.useClock(JavaThreadClock.ofThisJvm());
        LocalServers servers = new LocalServers(calls.targets(), config.energy().procRoot(), serving, warnings);
        RemoteLedger remote = new RemoteLedger(calls, remoteEstimates, servers, advice);
        Sampler sampler = new Sampler(
                calls,
                hostCpu,
                new CpuAccounts(calls, clocks, hostCpu, servers),
                attribution,
                sources,
                factors,
                tenants,
                training,
                budgets,
                remote,
                new Rhythm(tick, new SelfLimiter(config.sampling().cpuMax(), warnings)),
                ownThreads,
                warnings,
                advice);
        SamplerThread running = new SamplerThread(sampler, sources, hostCpu, warnings);
        ownThreads.add(running.thread);
        running.thread.start();
        return running;
    }

    public MeterSnapshot snapshot() {
        return sampler.snapshot();
    }

    /** Returns what the calls of a key drew lately; null if that is not known. */
    public @Nullable CallRate recentRate(int key) {
        return sampler.recentRate(key);
    }

    public void addListener(CallListener listener) {
        sampler.addListener(listener);
    }

    public void listenersAreComplete() {
        sampler.listenersAreComplete();
    }

    private void run() {
        try {
            sampler.start(System.nanoTime(), System.currentTimeMillis());
            while (!closing) {
                pauseAndTick();
            }
            sampler.finish(System.nanoTime(), System.currentTimeMillis());
        } catch (Throwable e) {
            warnings.accept("sampling has stopped, no further energy is counted: " + e);
        } finally {
            sampler.close();
            sources.close();
            hostCpu.close();
        }
    }

    /** A method of its own, since the loop itself never turns often enough to be compiled. */
    private void pauseAndTick() {
        LockSupport.parkNanos(waitNanos);
        waitNanos = tick();
    }

    private long tick() {
        try {
            return sampler.tick(System.nanoTime(), System.currentTimeMillis());
        } catch (Throwable e) {
            warn(e);
            return AFTER_FAILURE_NANOS;
        }
    }

    /** Where memory is short even the telling fails, and must not end the thread: it is told the next time. */
    private void warn(Throwable e) {
        if (warned) {
            return;
        }
        try {
            warnings.accept(
                    "a sampling tick failed, its energy is not attributed: " + e + "; further ones are not logged");
            warned = true;
        } catch (Throwable still) {
            // as above
        }
    }

    /** Settles what is finished, then stops. Waits at most two seconds. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
