package io.inferwatt.it.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is read from outside, against what this JVM says of itself. */
class JvmCountersTest {

    private final long pid = ProcessHandle.current().pid();

    @Test
    void classes_areAboutThoseThatTheJvmCounts() throws Exception {
        int before = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();

        double classes = JvmCounters.of(pid).classes();

        assertThat(classes).isBetween(0.8 * before, 1.5 * before);
    }

    @Test
    void heap_afterCollection_holdsWhatIsKept_andLetsGoOfTheRest() throws Exception {
        byte[] kept = new byte[64 * 1024 * 1024];
        double with = JvmCounters.afterCollection(pid).heapMegabytes();
        assertThat(kept).hasSize(64 * 1024 * 1024);
        kept = new byte[0];
        double without = JvmCounters.afterCollection(pid).heapMegabytes();

        assertThat(with - without).isBetween(50.0, 80.0);
        assertThat(kept).isEmpty();
        assertThat(JvmCounters.of(pid).metaspaceMegabytes()).isPositive();
    }

    @Test
    void process_isWhatTheKernelSays() throws Exception {
        ProcessFile process = new ProcessFile(pid);
        CountDownLatch end = new CountDownLatch(1);
        Thread named = new Thread(() -> await(end), "a-name-longer-than-fifteen");
        named.start();
        try {
            assertThat(process.peakMegabytes()).isGreaterThanOrEqualTo(process.residentMegabytes());
            assertThat(process.threads())
                    .isGreaterThanOrEqualTo(ManagementFactory.getThreadMXBean().getThreadCount());
            assertThat(process.cpuSeconds()).isPositive();
            assertThat(process.threadCpuNanos(named.getName())).isPositive();
        } finally {
            end.countDown();
            named.join();
        }
        assertThatThrownBy(() -> process.threadCpuNanos("nobody"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nobody");
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
