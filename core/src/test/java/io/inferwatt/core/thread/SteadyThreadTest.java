package io.inferwatt.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SteadyThreadTest {

    @Test
    void interrupt_leavesItWaiting() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread thread = new SteadyThread("steady", () -> {
            try {
                end.await();
            } catch (InterruptedException hurried) {
                interrupted.set(true);
            }
        });
        thread.start();

        thread.interrupt();
        end.countDown();
        thread.join();

        assertThat(interrupted).isFalse();
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getContextClassLoader()).isSameAs(SteadyThread.class.getClassLoader());
    }
}
