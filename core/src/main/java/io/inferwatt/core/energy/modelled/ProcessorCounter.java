package io.inferwatt.core.energy.modelled;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.PowerIntegral;
import io.inferwatt.core.host.HostCpuClock;

/**
 * Power by the load of the processors since the previous call. The kernel counts load in steps of 10 ms, so the load of
 * one 20 ms tick of a two-thread machine has only a few values; on a curve that bends, that noise alone would take off a
 * quarter of the energy at 10 % load. Once a second the energy is therefore computed again from the load of the whole
 * second, and the difference is spread over the next one.
 */
final class ProcessorCounter extends ModelledCounter {

    private static final long WINDOW_NANOS = 1_000_000_000L;

    private final HostCpuClock clock;

    private long lastBusyNanos;
    private long lastTotalNanos;
    private double load = Double.NaN;

    private long windowNanos;
    private long windowBusyNanos;
    private long windowTotalNanos;
    private double windowMicrojoules;
    private double owedMicrojoules;

    ProcessorCounter(PowerModel model, String device, HostCpuClock clock) {
        super(Domain.CPU, model, device);
        this.clock = clock;
    }

    @Override
    public double idleWatts() {
        return model.processorWatts(0);
    }

    /** Returns {@link #UNKNOWN} also until the clock told a load for the first time. */
    @Override
    public long advance(long nowNanos) {
        long busyNanos = clock.busyNanos() - lastBusyNanos;
        long totalNanos = clock.totalNanos() - lastTotalNanos;
        lastBusyNanos += busyNanos;
        lastTotalNanos += totalNanos;
        long nanos = integral.elapsedNanos(nowNanos);
        if (nanos == UNKNOWN) {
            load = Double.NaN;
            owedMicrojoules = 0;
            startWindow();
            return UNKNOWN;
        }
        if (totalNanos > 0) {
            load = (double) busyNanos / totalNanos;
        }
        if (Double.isNaN(load)) {
            return UNKNOWN;
        }
        double microjoules = PowerIntegral.microjoules(model.processorWatts(load), nanos);
        double share = owedMicrojoules * Math.min(1, (double) nanos / WINDOW_NANOS);
        owedMicrojoules -= share;
        extendWindow(nanos, busyNanos, totalNanos, microjoules);
        return integral.add(microjoules + share);
    }

    private void extendWindow(long nanos, long busyNanos, long totalNanos, double microjoules) {
        windowNanos += nanos;
        windowBusyNanos += busyNanos;
        windowTotalNanos += totalNanos;
        windowMicrojoules += microjoules;
        if (windowNanos >= WINDOW_NANOS && windowTotalNanos > 0) {
            double windowLoad = (double) windowBusyNanos / windowTotalNanos;
            double better = PowerIntegral.microjoules(model.processorWatts(windowLoad), windowNanos);
            owedMicrojoules += better - windowMicrojoules;
            startWindow();
        }
    }

    private void startWindow() {
        windowNanos = 0;
        windowBusyNanos = 0;
        windowTotalNanos = 0;
        windowMicrojoules = 0;
    }
}
