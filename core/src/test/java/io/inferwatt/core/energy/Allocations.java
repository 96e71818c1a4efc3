package io.inferwatt.core.energy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How many bytes the thread of a test allocates. */
public final class Allocations {

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What is judged. */
    public interface Work {
        void run() throws Exception;
    }

    public long of(Work work) throws Exception {
        threads.getCurrentThreadAllocatedBytes(); // the first call in a JVM allocates by itself
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
