package io.inferwatt.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.instrumentation.onnxruntime.OnnxRuntimeModule;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.Recorded;
import io.inferwatt.core.call.ModelFacts;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j over ONNX Runtime, both woven. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class EmbeddingCallsTest {

    private static final ModelKey MINILM = new ModelKey("all-minilm-l6-v2-q", "embeddings");

    private WovenLibrary woven;
    private EmbeddingApplication application;

    @BeforeAll
    void load() throws Exception {
        woven = new WovenLibrary(
                List.of(new LangChain4jModule(), new OnnxRuntimeModule()),
                List.of("dev.langchain4j.", "ai.onnxruntime.", LangChain4jScenario.class.getName()),
                getClass().getClassLoader());
        Thread.currentThread().setContextClassLoader(woven.loader);
        application = (EmbeddingApplication) woven.loader
                .loadClass(LangChain4jScenario.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.errors.total()).isZero();
        assertThat(woven.recorded()).isEmpty();
    }

    @Test
    void embedAll_onThePoolsThreads_isOneRequestWithTheTokensOfTheAnswer() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        int tokens = application.embedAll(5, pool);
        pool.shutdown();

        assertThat(woven.recorded()).containsExactly(new Recorded(MINILM, Outcome.OK, 5, tokens));
        int key = woven.calls.key(MINILM);
        assertThat(woven.calls.facts(key)).isEqualTo(new ModelFacts("onnxruntime", "cpu"));
    }

    @Test
    void embed_oneText_isOneRequestByWhateverMethod() {
        application.embedByEachMethod();

        assertThat(woven.recorded()).hasSize(4).allSatisfy(call -> {
            assertThat(call.key()).isEqualTo(MINILM);
            assertThat(call.units()).isOne();
            assertThat(call.inputTokens()).isPositive();
        });
    }

    @Test
    void embedAll_manyThreadsWithTheSameSegmentsAndPool_isOneRequestEach() throws Exception {
        int threads = 64;
        ExecutorService pool = Executors.newFixedThreadPool(3);
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Future<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int segments = 2 + i % 3;
            calls.add(callers.submit(() -> {
                together.await();
                return application.embedAll(segments, pool);
            }));
        }
        long tokens = 0;
        for (Future<Integer> call : calls) {
            tokens += call.get(60, TimeUnit.SECONDS);
        }
        callers.shutdown();
        pool.shutdown();

        List<Recorded> recorded = woven.recorded();
        assertThat(recorded).hasSize(threads);
        assertThat(recorded).allMatch(call -> call.key().equals(MINILM) && call.outcome() == Outcome.OK);
        assertThat(recorded.stream().mapToLong(Recorded::inputTokens).sum()).isEqualTo(tokens);
        assertThat(recorded.stream().mapToLong(Recorded::units).sum()).isEqualTo(21 * 9 + 2);
    }

    @Test
    void embedAll_thatFailsOnThePool_goesOnUntilTheSegmentsThatWaitAreDone() throws Exception {
        BlockingQueue<Runnable> pool = new LinkedBlockingQueue<>();
        CompletableFuture<Void> call = async(() -> application.embedAllButTheFirst(4, pool::add));
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tasks.add(pool.take());
        }

        tasks.get(0).run();
        assertThatThrownBy(call::join).hasMessageContaining("NullPointerException");
        assertThat(woven.recorded()).isEmpty();
        assertThat(woven.inFlight()).as("segments wait for the pool").isOne();
        async(tasks.get(2)).join();
        async(tasks.get(1)).join();
        assertThat(woven.inFlight()).isOne();
        async(tasks.get(3)).join();

        List<Recorded> recorded = woven.recorded();
        assertThat(recorded).hasSize(1);
        assertThat(recorded.get(0).key()).isEqualTo(MINILM);
        assertThat(recorded.get(0).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(recorded.get(0).units()).isEqualTo(4);
        assertThat(recorded.get(0).inputTokens())
                .as("as ONNX Runtime saw them, three segments with start and end")
                .isEqualTo(3 * 5);
    }

    @Test
    void embedAll_onAPoolThatRefuses_isOneFailedRequest() {
        assertThatThrownBy(() -> application.embedAll(3, task -> {
                    throw new RejectedExecutionException("full");
                }))
                .isInstanceOf(RejectedExecutionException.class);

        assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.ERROR);
    }

    @Test
    void embedAll_onAPoolThatRunsInTheCaller_isOneRequest() {
        int tokens = application.embedAll(3, Runnable::run);

        assertThat(woven.recorded()).containsExactly(new Recorded(MINILM, Outcome.OK, 3, tokens));
    }

    @Test
    void model_ofAFile_isNamedByItsFile_andOneOfUnknownOriginByItsClass(@TempDir Path folder) throws IOException {
        Path model = copy("all-minilm-l6-v2-q.onnx", folder.resolve("our-encoder.v3.onnx"));
        Path tokenizer = copy("all-minilm-l6-v2-q-tokenizer.json", folder.resolve("tokenizer.json"));

        application.embedAllWithModelOf(model, tokenizer);
        assertThat(woven.recorded())
                .extracting(Recorded::key)
                .containsExactly(new ModelKey("our-encoder.v3", "embeddings"));

        application.embedAllWithOwnModel(model, tokenizer);
        assertThat(woven.recorded()).extracting(Recorded::key).containsExactly(new ModelKey("Acme", "embeddings"));
    }

    private static Path copy(String resource, Path file) throws IOException {
        try (InputStream stream = EmbeddingCallsTest.class.getClassLoader().getResourceAsStream(resource)) {
            assertThat(stream).isNotNull();
            Files.copy(stream, file);
            return file;
        }
    }

    @Test
    void model_behindAListenerOrADecoratorOfTheApplication_isMeteredUnderItsOwnName() {
        application.embedAllThroughListener();
        application.embedThroughDecorator();

        List<Recorded> recorded = woven.recorded();
        assertThat(recorded).extracting(Recorded::key).containsExactly(MINILM, MINILM);
        assertThat(recorded).extracting(Recorded::units).containsExactly(2L, 1L);
    }

    @Test
    void clientOfARemoteModel_isOneRequestWithItsNameAndTokens_andNoLocalEngine() {
        application.embedAllRemotely();

        ModelKey remote = ModelKey.remote("text-embedding-3-small", "embeddings");
        Recorded expected = new Recorded(remote, Outcome.OK, 2, 6);
        assertThat(woven.recorded()).containsExactly(expected, expected);
        assertThat(woven.calls.facts(woven.calls.key(remote))).isEqualTo(ModelFacts.NONE);
    }

    private static CompletableFuture<Void> async(Runnable work) {
        return CompletableFuture.runAsync(work, task -> new Thread(task).start());
    }
}
