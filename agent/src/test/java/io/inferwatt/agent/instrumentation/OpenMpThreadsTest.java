package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Java threads of one name stand for those of the kernel: to it all look alike. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "threads are found in /proc")
class OpenMpThreadsTest {

    private static final ThreadFactory SAME_NAME = task -> {
        Thread thread = new Thread(task, "worker");
        thread.setDaemon(true);
        return thread;
    };

    private final Calls calls = new Calls();
    private final LibraryCalls library = library();

    private LibraryCalls library() {
        LibraryCalls.recordIn(calls);
        return LibraryCalls.of("test");
    }

    @Test
    void threadsThatACallStarts_belongToItsThread_untilThatEnds() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        CompletableFuture<List<EnginePool>> found = new CompletableFuture<>();
        Thread caller = SAME_NAME.newThread(() -> {
            call(() -> startAndAwait(() -> await(end)));
            found.complete(calls.enginePools().open());
            await(seen);
        });
        caller.start();
        List<EnginePool> own = found.get(1, TimeUnit.MINUTES);

        assertThat(own).hasSize(1);
        assertThat(own.get(0).threadIds()).hasSize(1);
        assertThat(own.get(0).users()).isEqualTo(1);

        seen.countDown();
        caller.join();
        Thread next = SAME_NAME.newThread(() -> call(() -> startAndAwait(() -> await(end))));
        next.start();
        next.join();
        assertThat(calls.enginePools().open())
                .as("after the next caller with threads")
                .doesNotContain(own.get(0));
        end.countDown();
    }

    @Test
    void threadThatCallsItself_wasNoneOfOpenMp() throws Exception {
        CountDownLatch callNow = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch checked = new CountDownLatch(1);
        ExecutorService caller = Executors.newSingleThreadExecutor(SAME_NAME);
        caller.submit(() -> call(() -> startAndAwait(() -> {
                    await(callNow);
                    call(() -> {});
                    called.countDown();
                    await(checked);
                })))
                .get();
        assertThat(calls.enginePools().open()).hasSize(1);

        callNow.countDown();
        await(called);

        assertThat(calls.enginePools().open()).isEmpty();
        checked.countDown();
        caller.shutdown();
    }

    @Test
    void threadThatCalledBefore_isNotTakenForOneOfOpenMp() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService caller = Executors.newSingleThreadExecutor(SAME_NAME);
        caller.submit(() -> call(() -> {
                    startAndAwait(() -> {
                        call(() -> {});
                        called.countDown();
                        await(end);
                    });
                    await(called);
                }))
                .get();

        assertThat(calls.enginePools().open()).isEmpty();
        end.countDown();
        caller.shutdown();
    }

    private void call(Runnable work) {
        InferenceCall call = OpenMpThreads.start(library, calls.key(ModelKey.of("model")), 1);
        work.run();
        OpenMpThreads.finish(library, call, null);
    }

    private static void startAndAwait(Runnable task) {
        CountDownLatch started = new CountDownLatch(1);
        SAME_NAME
                .newThread(() -> {
                    started.countDown();
                    task.run();
                })
                .start();
        await(started);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
