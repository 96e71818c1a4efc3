package io.inferwatt.core.sampling;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Processor time and garbage of the meter's own threads. */
public final class OwnThreads {

    private final Queue<Own> threads = new ConcurrentLinkedQueue<>();
    private final @Nullable ThreadMXBean bean =
            ManagementFactory.getThreadMXBean() instanceof ThreadMXBean sun ? sun : null;

    private long cpuNanos;
    private long allocatedBytes;

    /** Counts a thread as the meter's own from now on. Safe from all threads. */
    public void add(Thread thread) {
        threads.add(new Own(thread.getId()));
    }

    /** Reads the clocks of all own threads; sampler thread only. */
    void refresh() {
        if (bean == null) {
            return;
        }
        for (Iterator<Own> all = threads.iterator(); all.hasNext(); ) {
            Own own = all.next();
            long cpu = bean.getThreadCpuTime(own.id);
            if (cpu < 0) {
                all.remove();
                continue;
            }
            long bytes = bean.getThreadAllocatedBytes(own.id);
            cpuNanos += cpu - own.cpuNanos;
            allocatedBytes += Math.max(0, bytes - own.bytes);
            own.cpuNanos = cpu;
            own.bytes = bytes;
        }
    }

    long cpuNanos() {
        return cpuNanos;
    }

    long allocatedBytes() {
        return allocatedBytes;
    }

    private static final class Own {

        final long id;
        long cpuNanos;
        long bytes;

        Own(long id) {
            this.id = id;
        }
    }
}
