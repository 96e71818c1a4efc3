package io.inferwatt.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PortWaitTest {

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final CompletableFuture<Throwable> givenUp = new CompletableFuture<>();

    @Test
    void wantOfMemory_isWaitedFor_likeATakenPort_anythingElseIsToldOnce() throws Exception {
        IOException useless = new IOException("no such network");
        PortWait wait = PortWait.start(
                () -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("as a JVM has it now and then");
                    }
                    throw useless;
                },
                threads::add,
                givenUp::complete);
        try (wait) {
            assertThat(givenUp.get(60, TimeUnit.SECONDS)).isSameAs(useless);
        }
        threads.get(0).join(TimeUnit.SECONDS.toMillis(60));
        assertThat(threads.get(0).isAlive()).isFalse();
        assertThat(attempts).hasValue(2);
    }
}
