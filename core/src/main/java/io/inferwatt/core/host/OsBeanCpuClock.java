package io.inferwatt.core.host;

import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;

/**
 * Processor time as load times elapsed time, for systems without {@code /proc/stat}. The load is that of the JVM's own
 * bean, since its previous call; while it says nothing no time passes here.
 */
final class OsBeanCpuClock implements SampledCpuClock {

    private final int hardwareThreads;
    private final DoubleSupplier systemLoad;

    private boolean started;
    private long lastNanos;
    private long busyNanos;
    private long totalNanos;

    OsBeanCpuClock(int hardwareThreads) {
        this(hardwareThreads, bean());
    }

    /** @param systemLoad busy part of all processor time since its previous call, negative or NaN if unknown */
    OsBeanCpuClock(int hardwareThreads, DoubleSupplier systemLoad) {
        this.hardwareThreads = hardwareThreads;
        this.systemLoad = systemLoad;
    }

    @Override
    public long busyNanos() {
        return busyNanos;
    }

    @Override
    public long totalNanos() {
        return totalNanos;
    }

    @Override
    public void refresh(long nowNanos) {
        double load = systemLoad.getAsDouble();
        long nanos = nowNanos - lastNanos;
        if (started && nanos > 0 && load >= 0) {
            busyNanos += (long) (Math.min(1, load) * nanos * hardwareThreads);
            totalNanos += nanos * hardwareThreads;
        }
        started = true;
        lastNanos = nowNanos;
    }

    @Override
    public void close() {}

    private static DoubleSupplier bean() {
        try {
            return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                    ? bean::getCpuLoad
                    : () -> -1;
        } catch (LinkageError e) {
            // A run-time image without the module jdk.management.
            return () -> -1;
        }
    }
}
