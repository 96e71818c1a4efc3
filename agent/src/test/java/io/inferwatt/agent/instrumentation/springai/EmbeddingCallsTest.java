package io.inferwatt.agent.instrumentation.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.onnxruntime.OnnxRuntimeModule;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.Recorded;
import io.inferwatt.core.call.ModelFacts;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Spring AI over ONNX Runtime, both woven. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddingCallsTest {

    private WovenLibrary woven;
    private SpringAiApplication application;

    @BeforeAll
    void load() throws Exception {
        SpringAiEngines.choose();
        woven = new WovenLibrary(
                List.of(new SpringAiModule(), new OnnxRuntimeModule()),
                List.of("org.springframework.ai.", "ai.onnxruntime.", SpringAiScenario.class.getName()),
                getClass().getClassLoader());
        Thread.currentThread().setContextClassLoader(woven.loader);
        application = (SpringAiApplication) woven.loader
                .loadClass(SpringAiScenario.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }

    @AfterAll
    void close() throws Exception {
        application.close();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.errors.total()).isZero();
        assertThat(woven.recorded()).isEmpty();
    }

    @Test
    void embed_threeTexts_isOneRequestWithTheTokensAndTheDeviceOfTheEngine() throws Exception {
        application.call();

        assertThat(woven.recorded())
                .as("three texts, padded to the longest of three words with start and end")
                .containsExactly(new Recorded(application.key(), Outcome.OK, 3, 3 * 5));
        assertThat(woven.calls.facts(woven.calls.key(application.key())))
                .isEqualTo(new ModelFacts("onnxruntime", "cpu"));
    }

    @Test
    void embed_oneText_isOneRequestByWhateverMethod() {
        application.embedByEachMethod();

        assertThat(woven.recorded()).hasSize(5).allSatisfy(call -> {
            assertThat(call.key()).isEqualTo(application.key());
            assertThat(call.units()).isOne();
        });
    }

    @Test
    void embed_manyThreads_isOneRequestEach() throws Exception {
        int threads = 64;
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            calls.add(callers.submit(() -> {
                together.await();
                application.call();
                return null;
            }));
        }
        for (Future<?> call : calls) {
            call.get(60, TimeUnit.SECONDS);
        }
        callers.shutdown();

        assertThat(woven.recorded())
                .hasSize(threads)
                .allMatch(call -> call.equals(new Recorded(application.key(), Outcome.OK, 3, 3 * 5)));
    }

    @Test
    void clientOfARemoteModel_isNamedByItsAnswer_andNeverALocalEngine() {
        SpringAiApplication.RemoteClient client = application.client("text-embedding-3-small");
        application.embedRemotely(client);
        application.embedRemotely(client);

        ModelKey remote = ModelKey.remote("text-embedding-3-small", "embeddings");
        Recorded expected = new Recorded(remote, Outcome.OK, 1, 3);
        assertThat(woven.recorded()).containsExactly(expected, expected);
        assertThat(woven.calls.facts(woven.calls.key(remote))).isEqualTo(ModelFacts.NONE);
    }

    @Test
    void clientOfARemoteModel_askedForAModel_isNamedByThat() {
        SpringAiApplication.RemoteClient client = application.client("text-embedding-3-large-2026");
        application.embedRemotelyWith("text-embedding-3-large", client);
        application.embedRemotely(client);

        assertThat(woven.recorded())
                .containsExactly(
                        new Recorded(ModelKey.remote("text-embedding-3-large", "embeddings"), Outcome.OK, 2, 6),
                        new Recorded(ModelKey.remote("text-embedding-3-large-2026", "embeddings"), Outcome.OK, 1, 3));
    }

    @Test
    void clientOfARemoteModel_thatNothingNames_isUnknown_asItsTokensAre() {
        application.embedRemotely(application.client(""));

        assertThat(woven.recorded())
                .containsExactly(new Recorded(
                        ModelKey.remote(LibraryCalls.UNNAMED, "embeddings"), Outcome.OK, 1, TokenUsage.UNKNOWN));
    }
}
