package io.inferwatt.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TalkCostsTest {

    @Test
    void threadThatRuns_isCounted_andItsEndChangesNothing() throws Exception {
        long before = TalkCosts.cpuNanos();
        long bytesBefore = TalkCosts.allocatedBytes();
        CountDownLatch worked = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        byte[][] kept = new byte[1][];
        Thread talker = new Thread(() -> {
            TalkCosts.begin();
            try {
                kept[0] = new byte[1 << 20];
                long end = System.nanoTime() + 50_000_000;
                while (System.nanoTime() < end) {
                    kept[0][0]++;
                }
                worked.countDown();
                mayEnd.await();
            } catch (InterruptedException nobodyDoes) {
                throw new IllegalStateException(nobodyDoes);
            } finally {
                TalkCosts.end();
            }
        });
        talker.start();
        worked.await();
        long hanging = TalkCosts.cpuNanos();
        long hangingBytes = TalkCosts.allocatedBytes();
        assertThat(hanging).isGreaterThan(before);
        assertThat(hangingBytes - bytesBefore).isGreaterThanOrEqualTo(1 << 20);
        mayEnd.countDown();
        talker.join();

        assertThat(TalkCosts.cpuNanos()).isGreaterThanOrEqualTo(hanging);
        assertThat(TalkCosts.allocatedBytes() - hangingBytes).isBetween(0L, 1L << 19);
    }

    /** Nothing answers, so the thread hangs for as long as who asks waits. */
    @Test
    void requestThatHangs_isCountedWhileItDoes() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            long before = TalkCosts.allocatedBytes();
            URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
            CompletableFuture<Void> asked = CompletableFuture.runAsync(
                    () -> assertThatThrownBy(() -> HttpRequest.get(uri).send(Duration.ofSeconds(100)))
                            .isInstanceOf(IOException.class));
            try (Socket silent = server.accept()) {
                assertThat(silent.getInputStream().read()).isEqualTo('G');
                assertThat(TalkCosts.allocatedBytes()).isGreaterThan(before);
            }
            asked.get();
        }
    }
}
