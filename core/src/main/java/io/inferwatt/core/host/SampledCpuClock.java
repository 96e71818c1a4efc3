package io.inferwatt.core.host;

import java.nio.file.Files;
import java.nio.file.Path;

/** A {@link HostCpuClock} that moves only when told to, once at the start of each tick. Sampler thread only. */
public interface SampledCpuClock extends HostCpuClock, AutoCloseable {

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
