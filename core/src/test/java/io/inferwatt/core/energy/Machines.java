package io.inferwatt.core.energy;

import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.host.HostCpuClock;
import io.inferwatt.core.host.HostFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Machines for tests of energy sources: facts, a settable clock and contexts over a folder in place of /sys and /proc. */
public final class Machines {

    public static final long GB = 1L << 30;

    private Machines() {}

    public static HostFacts facts(String vendor, int threads, long memoryBytes) {
        return new HostFacts("host", "a processor", vendor, 1, threads, memoryBytes, null);
    }

    public static ModelConstants tdp(double watts) {
        return new ModelConstants(OptionalDouble.of(watts), OptionalDouble.empty(), OptionalDouble.empty());
    }

    public static ModelConstants twoPoints(double idleWatts, double maxWatts) {
        return new ModelConstants(OptionalDouble.empty(), OptionalDouble.of(idleWatts), OptionalDouble.of(maxWatts));
    }

    /** Returns an Intel machine with 8 threads and 32 GB whose /sys is the folder. */
    public static SourceContext context(Path sysRoot, HostCpuClock clock) {
        return context(sysRoot, clock, facts("GenuineIntel", 8, 32 * GB), ModelConstants.NONE);
    }

    public static SourceContext context(Path sysRoot, HostCpuClock clock, HostFacts facts, ModelConstants constants) {
        List<Path> powercapRoots = List.of(sysRoot.resolve("class/powercap"));
        return new SourceContext(
                sysRoot, sysRoot.resolve("proc"), powercapRoots, Optional.empty(), facts, clock, constants, 1000);
    }

    /** Processor time that moves when told. */
    public static final class SettableClock implements HostCpuClock {

        private long busyNanos = 5_000_000_000L;
        private long totalNanos = 90_000_000_000L;

        public void pass(long busyNanos, long totalNanos) {
            this.busyNanos += busyNanos;
            this.totalNanos += totalNanos;
        }

        @Override
        public long busyNanos() {
            return busyNanos;
        }

        @Override
        public long totalNanos() {
            return totalNanos;
        }
    }
}
