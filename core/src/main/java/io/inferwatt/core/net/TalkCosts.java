package io.inferwatt.core.net;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the threads that talk to other servers used, told by each when it ends: they live too shortly for anybody to look at them. Of
 * all meters of this JVM together. Safe from all threads.
 */
public final class TalkCosts {

    private static final LongAdder CPU_NANOS = new LongAdder();
    private static final LongAdder ALLOCATED_BYTES = new LongAdder();

    private TalkCosts() {}

    /** Adds all that the current thread has done; to be called once, when it ends. */
    static void add() {
        try {
            if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean) {
                CPU_NANOS.add(Math.max(0, bean.getCurrentThreadCpuTime()));
                ALLOCATED_BYTES.add(Math.max(
                        0, bean.getThreadAllocatedBytes(Thread.currentThread().getId())));
            }
        } catch (LinkageError withoutThatModule) {
            // Then nobody counts the threads of the meter; an uncaught one would be told on standard error.
        }
    }

    /** Returns processor time of threads that have ended; never falls. */
    public static long cpuNanos() {
        return CPU_NANOS.sum();
    }

    /** Returns what threads that have ended allocated; never falls. */
    public static long allocatedBytes() {
        return ALLOCATED_BYTES.sum();
    }
}
