package io.inferwatt.exporters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TurnTest {

    private static final long GENEROUS_SECONDS = 60;

    private final Turn turn = new Turn();

    @Test
    void turn_isTakenByOneThreadAtATime() throws Exception {
        assertThat(turn.take(0)).isTrue();
        CompletableFuture<Boolean> refused = CompletableFuture.supplyAsync(() -> take(0));
        assertThat(refused.get()).isFalse();
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> take(GENEROUS_SECONDS));
        turn.give();
        assertThat(waiting.get()).isTrue();
    }

    @Test
    void turn_thatItsThreadNeverGaveBack_isFreeForThatThread_andForAllOnceItHasEnded() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            take(0);
            if (take(0)) {
                taken.countDown();
            }
            try {
                end.await();
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        });
        thread.start();
        taken.await();
        assertThat(turn.take(0)).isFalse();
        end.countDown();
        thread.join();
        assertThat(turn.take(0)).isTrue();
    }

    private boolean take(long seconds) {
        try {
            return turn.take(seconds);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
