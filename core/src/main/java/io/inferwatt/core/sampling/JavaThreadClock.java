package io.inferwatt.core.sampling;

import io.inferwatt.core.call.ThreadClock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of platform threads from the JVM: exact to the nanosecond on Linux, 200 ns a reading. */
final class JavaThreadClock implements ThreadClock {

    private final ThreadMXBean threads;

    private JavaThreadClock(ThreadMXBean threads) {
        this.threads = threads;
    }

    /** Returns the clock of this JVM, or {@link ThreadClock#NONE} where it measures no processor time. */
    static ThreadClock ofThisJvm() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        boolean usable = threads.isThreadCpuTimeSupported()
                && threads.isCurrentThreadCpuTimeSupported()
                && threads.isThreadCpuTimeEnabled();
        return usable ? new JavaThreadClock(threads) : NONE;
    }

    @Override
    public long currentNanos() {
        return threads.getCurrentThreadCpuTime();
    }

    @Override
    public long nanos(long threadId) {
        return threads.getThreadCpuTime(threadId);
    }
}
