package io.inferwatt.core.sampling;

import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.report.MeterSnapshot.OwnCost;
import io.inferwatt.core.report.MeterSnapshot.TickTotals;

/**
 * What the meter itself uses: processor time and garbage of its threads, and of the energy booked to this JVM's runtime
 * the part that its processor time is of the runtime's. Sampler thread only.
 */
final class OwnCosts {

    private final OwnThreads threads;
    private double joules;
    private double secondRuntimeMicrojoules;
    private double secondRuntimeCpuSeconds;
    private long lastCpuNanos;

    OwnCosts(OwnThreads threads) {
        this.threads = threads;
    }

    void start() {
        threads.refresh();
        lastCpuNanos = threads.cpuNanosSinceAdded();
    }

    void add(long runtimeMicrojoules, double runtimeCpuSeconds) {
        secondRuntimeMicrojoules += runtimeMicrojoules;
        secondRuntimeCpuSeconds += runtimeCpuSeconds;
    }

    void secondPassed() {
        threads.refresh();
        double cpuSeconds = (threads.cpuNanosSinceAdded() - lastCpuNanos) / 1e9;
        if (secondRuntimeCpuSeconds > 0) {
            joules += secondRuntimeMicrojoules / 1e6 * Math.min(1, cpuSeconds / secondRuntimeCpuSeconds);
            lastCpuNanos = threads.cpuNanosSinceAdded();
            secondRuntimeMicrojoules = 0;
            secondRuntimeCpuSeconds = 0;
        }
    }

    /** Tells the limiter what was used; once a second, after {@link #secondPassed}. */
    void tell(SelfLimiter limiter, long nowNanos, CallDrain drain, long calls, long busyTickNanos) {
        SelfLimiter.Used used =
                new SelfLimiter.Used(threads.cpuNanosSinceAdded(), threads.samplerCpuNanos(), drain.dropped(), calls);
        limiter.secondPassed(nowNanos, used, drain.takeFullest(), busyTickNanos);
    }

    OwnCost cost(TickTotals ticks) {
        return new OwnCost(joules, threads.cpuNanos() / 1e9, threads.allocatedBytes(), ticks);
    }
}
