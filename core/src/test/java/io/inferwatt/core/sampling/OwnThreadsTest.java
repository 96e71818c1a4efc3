package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.inferwatt.core.net.HttpRequest;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class OwnThreadsTest {

    private static final long LIMIT_NANOS = 60_000_000_000L;

    private final OwnThreads own = new OwnThreads();

    private static long spin(long untilCpuNanos) {
        long used = 0;
        while (used < untilCpuNanos) {
            used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
        return used;
    }

    /** Spins for some processor time, then waits until it may end. */
    private static final class Worker extends Thread {

        private final long cpuNanos;
        final CountDownLatch spun = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);

        Worker(long cpuNanos) {
            this.cpuNanos = cpuNanos;
            setDaemon(true);
        }

        @Override
        public void run() {
            spin(cpuNanos);
            spun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void end() throws InterruptedException {
            mayEnd.countDown();
            join();
        }
    }

    @Test
    void threadAddedBeforeItsStart_countsOnceItRuns() throws InterruptedException {
        Worker worker = new Worker(5_000_000);
        own.add(worker);
        own.refresh();
        assertThat(own.cpuNanos()).isZero();
        worker.start();
        worker.spun.await();
        own.refresh();

        assertThat(own.cpuNanos()).isGreaterThanOrEqualTo(5_000_000);
        assertThat(own.cpuNanosSinceAdded()).isEqualTo(own.cpuNanos());
        worker.end();
    }

    @Test
    void threadThatHasEnded_keepsWhatItUsed() throws InterruptedException {
        Worker worker = new Worker(5_000_000);
        own.add(worker);
        worker.start();
        worker.spun.await();
        own.refresh();
        long used = own.cpuNanos();
        worker.end();
        own.refresh();
        own.refresh();

        assertThat(own.cpuNanos()).isGreaterThanOrEqualTo(used).isGreaterThanOrEqualTo(5_000_000);
    }

    @Test
    void whatAThreadUsedBeforeItWasAdded_isToldApart() throws InterruptedException {
        Worker worker = new Worker(20_000_000);
        worker.start();
        worker.spun.await();
        own.add(worker);
        own.refresh();

        assertThat(own.cpuNanos()).isGreaterThanOrEqualTo(20_000_000);
        assertThat(own.cpuNanosSinceAdded()).isLessThan(own.cpuNanos() - 19_000_000);
        worker.end();
    }

    @Test
    void clockThatTheApplicationSwitchedOff_losesNoThread() throws InterruptedException {
        Worker worker = new Worker(5_000_000);
        own.add(worker);
        worker.start();
        worker.spun.await();
        ManagementFactory.getThreadMXBean().setThreadCpuTimeEnabled(false);
        try {
            own.refresh();
        } finally {
            ManagementFactory.getThreadMXBean().setThreadCpuTimeEnabled(true);
        }
        own.refresh();

        assertThat(own.cpuNanos()).isGreaterThanOrEqualTo(5_000_000);
        worker.end();
    }

    @Test
    void threadThatReads_isTheSampler() {
        own.add(Thread.currentThread());
        own.refresh();
        long before = own.samplerCpuNanos();
        spin(before + 5_000_000);
        own.refresh();

        assertThat(own.samplerCpuNanos() - before).isGreaterThanOrEqualTo(5_000_000);
        assertThat(own.samplerCpuNanos()).isLessThanOrEqualTo(own.cpuNanos());
    }

    @Test
    void threadThatTalksToAServer_tellsWhatItUsedWhenItEnds() throws Exception {
        own.refresh();
        long before = own.cpuNanos();
        for (int i = 0; i < 20; i++) {
            assertThatIOException()
                    .isThrownBy(() ->
                            HttpRequest.get(URI.create("http://127.0.0.1:1/")).send());
        }
        long deadline = System.nanoTime() + LIMIT_NANOS;
        do {
            LockSupport.parkNanos(1_000_000);
            own.refresh();
        } while (own.cpuNanos() == before && System.nanoTime() - deadline < 0);

        assertThat(own.cpuNanos()).isGreaterThan(before);
        assertThat(own.allocatedBytes()).isPositive();
    }
}
