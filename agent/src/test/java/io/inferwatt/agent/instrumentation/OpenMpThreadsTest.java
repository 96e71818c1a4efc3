package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What needs no library; that OpenMP's threads are found is tested with those that have some. */
class OpenMpThreadsTest {

    private final Calls calls = new Calls();
    private final LibraryCalls library;
    private final CountDownLatch end = new CountDownLatch(1);

    OpenMpThreadsTest() {
        LibraryCalls.recordIn(calls);
        library = LibraryCalls.of("test");
    }

    @Test
    void javaThreadOfTheSameNameThatStartsDuringTheFirstCall_isNoThreadOfTheEngine() throws Exception {
        int key = calls.key(ModelKey.of("model"));

        InferenceCall call = OpenMpThreads.start(library, key, 1);
        startNamesake();
        OpenMpThreads.finish(library, call, null);
        end.countDown();

        assertThat(calls.enginePools().open()).isEmpty();
    }

    @Test
    void javaThreadOfTheSameNameThatStartsWhileAModelLoads_isNoThreadOfTheEngine() throws Exception {
        int key = calls.key(ModelKey.of("model"));

        Object before = OpenMpThreads.beforeOtherWork(library);
        startNamesake();
        OpenMpThreads.afterOtherWork(before);
        OpenMpThreads.finish(library, OpenMpThreads.start(library, key, 1), null);
        end.countDown();

        assertThat(before).isNotNull();
        assertThat(calls.enginePools().open()).isEmpty();
    }

    /** Like the next thread of a server's pool: the kernel keeps only the start of its name. */
    private void startNamesake() throws InterruptedException {
        Thread.currentThread().setName("http-nio-8080-exec-1");
        CountDownLatch running = new CountDownLatch(1);
        Thread namesake = new Thread(
                () -> {
                    running.countDown();
                    awaitEnd();
                },
                "http-nio-8080-exec-2");
        namesake.start();
        running.await();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
