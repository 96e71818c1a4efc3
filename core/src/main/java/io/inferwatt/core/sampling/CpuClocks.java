package io.inferwatt.core.sampling;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The clocks for the processor time of this process and of native threads, the best that may be used here. */
interface CpuClocks {

    /** Returns the processor time of this process, all threads together. */
    long processNanos();

    /** Opens the clock of a native thread of this process. */
    TaskClock open(int tid, Path taskFolder) throws IOException;

    /** Returns how short a tick may be so that the clocks' steps and lags do not show. */
    Duration shortestTick();

    /**
     * Returns clocks read by {@code clock_gettime} where native access is granted or wanted, else those that need no native
     * code.
     *
     * @param nativeWanted whether to use native code although the JVM may warn about it
     */
    static CpuClocks ofThisProcess(boolean nativeWanted) {
        @Nullable CpuClocks exact = NativeCpuClocks.open(nativeWanted);
        return exact != null ? exact : new PlainCpuClocks();
    }

    /** Needs no native code: the process steps by 10 ms, native threads are up to 5 ms behind. */
    final class PlainCpuClocks implements CpuClocks {

        private final com.sun.management.@Nullable OperatingSystemMXBean bean =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean sun
                        ? sun
                        : null;

        @Override
        public long processNanos() {
            return bean == null ? 0 : Math.max(0, bean.getProcessCpuTime());
        }

        @Override
        public TaskClock open(int tid, Path taskFolder) throws IOException {
            return SchedStatClock.open(taskFolder);
        }

        @Override
        public Duration shortestTick() {
            return Duration.ofMillis(50);
        }
    }
}
