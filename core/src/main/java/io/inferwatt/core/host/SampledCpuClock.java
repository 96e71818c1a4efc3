package io.inferwatt.core.host;

import java.nio.file.Files;
import java.nio.file.Path;

/** A {@link HostCpuClock} that moves only when told to, once at the start of each tick. Sampler thread only. */
public interface SampledCpuClock extends HostCpuClock, AutoCloseable {

    /**
     * For so long the values may be carried on at the rates of before instead of being read. The kernel counts in steps of
     * 10 ms, and writes out all processors and interrupts for the one line that is wanted: a fifth of a whole tick on a
     * machine with two processors, more with each further one.
     */
    long LONGEST_CARRY_NANOS = 45_000_000;

    /**
     * Takes the values of this moment. Where they cannot be had, the old ones stay; never throws.
     *
     * @param nowNanos {@link System#nanoTime} of this tick
     */
    void refresh(long nowNanos);

    @Override
    void close();

    /** Returns the clock over {@code <procRoot>/stat}, or where there is no such file the one over the JVM's own bean. */
    static SampledCpuClock open(Path procRoot, int hardwareThreads) {
        Path stat = procRoot.resolve("stat");
        return Files.isReadable(stat) ? new ProcStatCpuClock(stat) : new OsBeanCpuClock(hardwareThreads);
    }
}
