package io.inferwatt.core.net;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * What the threads that talk to other servers used. As a rule they live too shortly for anybody to look at them, so each tells its own when it
 * ends; one that hangs in a request is looked at while it does. Of all meters of this JVM together. Safe from all threads.
 */
public final class TalkCosts {

    /** Those that run, with what was seen of them so far. */
    private static final Map<Thread, Used> RUNNING = new HashMap<>();

    private static long endedCpuNanos;
    private static long endedBytes;

    private TalkCosts() {}

    /** What one thread used; never falls, whatever the clocks say. */
    private static final class Used {

        long cpuNanos;
        long bytes;

        void look(Thread thread) {
            try {
                if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean) {
                    cpuNanos = Math.max(cpuNanos, bean.getThreadCpuTime(thread.getId()));
                    bytes = Math.max(bytes, bean.getThreadAllocatedBytes(thread.getId()));
                }
            } catch (LinkageError withoutThatModule) {
                // Then nobody counts the threads of the meter; an uncaught one would be told on standard error.
            }
        }
    }

    /** Counts the current thread from now on, with all that it did before. */
    static synchronized void begin() {
        RUNNING.put(Thread.currentThread(), new Used());
    }

    /** Adds all that the current thread has done; to be called once, when it ends. */
    static synchronized void end() {
        Used used = RUNNING.remove(Thread.currentThread());
        if (used != null) {
            used.look(Thread.currentThread());
            endedCpuNanos += used.cpuNanos;
            endedBytes += used.bytes;
        }
    }

    /** Returns the processor time of these threads; never falls. */
    public static synchronized long cpuNanos() {
        long nanos = endedCpuNanos;
        for (Map.Entry<Thread, Used> running : RUNNING.entrySet()) {
            running.getValue().look(running.getKey());
            nanos += running.getValue().cpuNanos;
        }
        return nanos;
    }

    /** Returns what these threads allocated; never falls. */
    public static synchronized long allocatedBytes() {
        long bytes = endedBytes;
        for (Map.Entry<Thread, Used> running : RUNNING.entrySet()) {
            running.getValue().look(running.getKey());
            bytes += running.getValue().bytes;
        }
        return bytes;
    }
}
