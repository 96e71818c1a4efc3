package io.inferwatt.core.sampling;

import com.sun.management.ThreadMXBean;
import io.inferwatt.core.net.TalkCosts;
import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Processor time and garbage of the meter's own threads. Of a thread that ends, what it did since the last reading, a second at
 * most, is lost; of threads that live for one request to another server nothing is ({@link TalkCosts}).
 */
public final class OwnThreads {

    private final Queue<Own> threads = new ConcurrentLinkedQueue<>();
    private final @Nullable ThreadMXBean bean =
            ManagementFactory.getThreadMXBean() instanceof ThreadMXBean sun ? sun : null;

    private final long talkCpuNanosBefore = TalkCosts.cpuNanos();
    private final long talkBytesBefore = TalkCosts.allocatedBytes();

    private long endedCpuNanos;
    private long endedBytes;
    private long cpuNanos;
    private long cpuNanosBefore;
    private long samplerCpuNanos;
    private long allocatedBytes;

    /** Counts a thread as the meter's own, with all that it did before. Safe from all threads; the thread may not run yet. */
    public void add(Thread thread) {
        threads.add(new Own(thread, bean == null ? 0 : Math.max(0, bean.getThreadCpuTime(thread.getId()))));
    }

    /** Reads the clocks of all own threads; sampler thread only. */
    void refresh() {
        if (bean == null) {
            return;
        }
        Thread sampler = Thread.currentThread();
        long cpu = endedCpuNanos + TalkCosts.cpuNanos() - talkCpuNanosBefore;
        long bytes = endedBytes + TalkCosts.allocatedBytes() - talkBytesBefore;
        for (Iterator<Own> all = threads.iterator(); all.hasNext(); ) {
            Own own = all.next();
            boolean ended = own.thread.getState() == Thread.State.TERMINATED;
            own.read(bean);
            cpu += own.cpuNanos;
            bytes += own.bytes;
            if (own.isNew) {
                own.isNew = false;
                cpuNanosBefore += own.cpuNanosBefore;
            }
            if (own.thread == sampler) {
                samplerCpuNanos = own.cpuNanos;
            }
            if (ended) {
                endedCpuNanos += own.cpuNanos;
                endedBytes += own.bytes;
                all.remove();
            }
        }
        cpuNanos = cpu;
        allocatedBytes = bytes;
    }

    long cpuNanos() {
        return cpuNanos;
    }

    /** Returns the part of {@link #cpuNanos} that threads used after they were added. */
    long cpuNanosSinceAdded() {
        return cpuNanos - cpuNanosBefore;
    }

    /** Returns the part of {@link #cpuNanos} that the thread used which reads the clocks. */
    long samplerCpuNanos() {
        return samplerCpuNanos;
    }

    long allocatedBytes() {
        return allocatedBytes;
    }

    private static final class Own {

        final Thread thread;
        final long cpuNanosBefore;
        long cpuNanos;
        long bytes;
        boolean isNew = true;

        Own(Thread thread, long cpuNanosBefore) {
            this.thread = thread;
            this.cpuNanosBefore = cpuNanosBefore;
            this.cpuNanos = cpuNanosBefore;
        }

        /** A thread that has not begun, has ended, or whose clock the application has switched off tells -1. */
        void read(ThreadMXBean bean) {
            cpuNanos = Math.max(cpuNanos, bean.getThreadCpuTime(thread.getId()));
            bytes = Math.max(bytes, bean.getThreadAllocatedBytes(thread.getId()));
        }
    }
}
