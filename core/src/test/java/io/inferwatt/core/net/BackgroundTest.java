package io.inferwatt.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundTest {

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    @Test
    void tasks_runOneAfterTheOtherOnOneDaemon_thatBeginsWithTheFirst() throws InterruptedException {
        try (Background background = new Background(threads::add, warnings::add)) {
            assertThat(threads).isEmpty();
            CountDownLatch done = new CountDownLatch(3);
            List<Thread> ran = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 3; i++) {
                background.once("task", Duration.ZERO, () -> {
                    ran.add(Thread.currentThread());
                    done.countDown();
                });
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(threads).hasSize(1).allMatch(Thread::isDaemon);
            assertThat(ran).hasSize(3).containsOnly(threads.get(0));
        }
    }

    @Test
    void taskThatFails_isToldOnce_andCalledAgainAsItAskedFor() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        try (Background background = new Background(threads::add, warnings::add)) {
            background.once("broken", Duration.ZERO, () -> {
                throw new IllegalStateException("once");
            });
            background.again("steady", () -> {
                if (calls.incrementAndGet() == 5) {
                    done.countDown();
                }
                return Duration.ofMillis(1);
            });
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(warnings).containsExactly("broken failed: java.lang.IllegalStateException: once");
    }

    @Test
    void repeatedTaskThatFails_isTold_andOthersGoOn() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        try (Background background = new Background(threads::add, warnings::add)) {
            background.again("moody", () -> {
                throw new IllegalStateException("today");
            });
            background.once("next", Duration.ZERO, done::countDown);
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(warnings)
                .containsExactly(
                        "moody failed: java.lang.IllegalStateException: today; further failures are not logged");
    }

    @Test
    void manyWaitingTasks_areDroppedAndToldOnce_butNoneOfThoseThatRepeat() throws InterruptedException {
        CountDownLatch full = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(2);
        try (Background background = new Background(threads::add, warnings::add)) {
            background.again("steady", () -> {
                called.countDown();
                if (called.getCount() == 1) {
                    full.await();
                }
                return Duration.ofMillis(1);
            });
            for (int i = 0; i < 1100; i++) {
                background.once("late", Duration.ofHours(1), () -> {});
            }
            full.countDown();
            assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(warnings).singleElement().asString().startsWith("late is dropped: 1000 tasks wait already");
    }

    @Test
    void stepThatLacksMemory_isDoneAgainUntilItSucceeds_orVeryManyHaveFailed() {
        AtomicInteger tries = new AtomicInteger();
        Thread.currentThread().interrupt();
        Background.insist(
                () -> {
                    if (tries.incrementAndGet() < 4) {
                        throw new OutOfMemoryError("of a test");
                    }
                },
                1000,
                10);
        assertThat(tries).hasValue(4);
        assertThat(Thread.interrupted()).as("the pauses would be none").isFalse();

        tries.set(0);
        assertThatThrownBy(() -> Background.insist(
                        () -> {
                            tries.incrementAndGet();
                            throw new OutOfMemoryError("of a test");
                        },
                        1000,
                        10))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(tries).hasValue(10);
    }

    @Test
    void afterTheEnd_nothingRuns() throws InterruptedException {
        Background background = new Background(threads::add, warnings::add);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        background.once("waits", Duration.ZERO, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        background.close();
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        background.once("late", Duration.ZERO, () -> warnings.add("ran"));
        threads.get(0).join(30_000);
        assertThat(threads.get(0).isAlive()).isFalse();
        assertThat(warnings).isEmpty();
    }
}
