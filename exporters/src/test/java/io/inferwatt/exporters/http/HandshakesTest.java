package io.inferwatt.exporters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandshakesTest {

    private final Workers workers = new Workers(thread -> {});
    private final Handshakes handshakes = new Handshakes(workers);

    @AfterEach
    void close() {
        workers.close();
    }

    /** A flood of handshakes would else hold both workers, and no page would be made. */
    @Test
    void handshakes_areOneAtATime_andLeaveAWorkerToPages() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger others = new AtomicInteger();
        Future<?> first = handshakes.work(() -> {
            begun.countDown();
            await(release);
        });
        begun.await();
        Future<?> last = first;
        for (int i = 0; i < 100; i++) {
            last = handshakes.work(others::incrementAndGet);
        }
        for (int i = 0; i < 10; i++) {
            workers.work(() -> {}).get(30, TimeUnit.SECONDS);
        }
        assertThat(others).hasValue(0);
        release.countDown();
        last.get(30, TimeUnit.SECONDS);
        assertThat(others).hasValue(100);
        handshakes.work(others::incrementAndGet).get(30, TimeUnit.SECONDS);
        assertThat(others).hasValue(101);
    }

    @Test
    void handshakeOfAConnectionThatHasGone_isNotDone_andOneThatFailsStopsNoOther() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        Future<?> unused = handshakes.work(() -> {
            await(release);
            throw new IllegalStateException("a broken provider");
        });
        Future<?> gone = handshakes.work(done::incrementAndGet);
        Future<?> stays = handshakes.work(done::incrementAndGet);
        gone.cancel(true);
        release.countDown();
        stays.get(30, TimeUnit.SECONDS);
        assertThat(done).hasValue(1);
    }

    @Test
    void afterTheEnd_itIsRefused() {
        workers.close();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> handshakes.work(() -> {})).isInstanceOf(RejectedExecutionException.class);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
