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

    @Test
    void errorThatLeavesIt_isNotThatOfTheApplication() throws Exception {
        AtomicBoolean seen = new AtomicBoolean();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> seen.set(true));
        try {
            Thread thread = new SteadyThread("broken", () -> {
                throw new IllegalStateException("of no use to the application");
            });
            thread.start();
            thread.join();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(seen).isFalse();
    }
}
