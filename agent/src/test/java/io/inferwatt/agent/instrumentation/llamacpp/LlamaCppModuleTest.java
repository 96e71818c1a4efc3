package io.inferwatt.agent.instrumentation.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.instrumentation.OwnJvm;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.Recorded;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.ThreadClock;
import io.inferwatt.core.call.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Threads of the library outlive its models and keep the JVM from ending. The options halve what such a short one costs. */
@OwnJvm(options = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"})
class LlamaCppModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new LlamaCppModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return LlamaCppScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "llama.cpp",
                "de.kherud:llama",
                "4.2.0",
                List.of("4.1.0"),
                "`LlamaModel.complete`, `generate` from the first `iterator()` to its end, `rerank` with three arguments; "
                        + "not `embed`, which is a native method",
                "stem of `--model`",
                "documents to rerank",
                "output of `generate`: its pieces of text; the library does not count others",
                "`gpu` with `--gpu-layers` above 0, else `cpu`",
                "generated, random weights");
    }

    @Override
    protected List<String> packages() {
        return List.of("de.kherud.llama.");
    }

    private LlamaCppUse open(WovenLibrary woven) throws Exception {
        return (LlamaCppUse) start(woven);
    }

    /** Returns how many pieces were not empty. */
    private static long drain(LlamaCppUse.Stream stream) {
        long pieces = 0;
        for (String piece = stream.next(); piece != null; piece = stream.next()) {
            pieces += piece.isEmpty() ? 0 : 1;
        }
        return pieces;
    }

    @Test
    void stream_isOneCallFromTheRequestToItsEnd_whoeverReadsIt() throws Exception {
        WovenLibrary woven = woven(module());
        ThreadClock tenMoreEachTime = new TenMoreEachTime();
        woven.calls.useClock(tenMoreEachTime);
        try (LlamaCppUse llama = open(woven)) {
            LlamaCppUse.Stream stream = llama.stream(16);
            assertThat(woven.inFlight()).isOne();
            assertThat(woven.recorded()).isEmpty();

            ExecutorService reader = Executors.newSingleThreadExecutor();
            long pieces = reader.submit(() -> drain(stream)).get();
            reader.shutdown();
            assertThatThrownBy(stream::nextAfterEnd).isInstanceOf(java.util.NoSuchElementException.class);

            assertThat(pieces).isPositive();
            CallDrain drain = new CallDrain();
            woven.calls.drain(drain, System.nanoTime());
            int key = woven.calls.key(llama.key());
            assertThat(drain.cpuNanos(key))
                    .as("ten for each piece on the reader's thread")
                    .isGreaterThan(10 * pieces);
            assertThat(drain.inFlight(key)).isZero();
            assertThat(drain.recordCount()).isOne();
            Recorded recorded = woven.recorded(drain).get(0);
            assertThat(recorded.key()).isEqualTo(llama.key());
            assertThat(recorded.outcome()).isEqualTo(Outcome.OK);
            assertThat(recorded.inputTokens()).isEqualTo(TokenUsage.UNKNOWN);
            assertThat(recorded.outputTokens()).isEqualTo(pieces);
            assertThat(woven.errors.total()).isZero();
        }
    }

    private static final class TenMoreEachTime implements ThreadClock {

        private long nanos;

        @Override
        public synchronized long currentNanos() {
            nanos += 10;
            return nanos;
        }

        @Override
        public long nanos(long threadId) {
            return UNKNOWN;
        }
    }

    @Test
    void stream_thatEndsBeforeItsEnd_endsOnce() throws Exception {
        WovenLibrary woven = woven(module());
        LlamaCppUse llama = open(woven);

        LlamaCppUse.Stream cancelled = llama.stream(50);
        cancelled.next();
        cancelled.cancel();
        cancelled.cancel();
        assertThat(cancelled.next()).isNull();
        assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.CANCELLED);

        LlamaCppUse.Stream failing = llama.streamThatFails();
        assertThatThrownBy(failing::next).hasMessageContaining("context size");
        assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.ERROR);

        llama.stream(2).next();
        woven.calls.limitDuration(Duration.ZERO);
        woven.calls.forgetDeadThreads();
        woven.calls.limitDuration(Duration.ofMinutes(1));
        List<Recorded> dropped = woven.recorded();
        assertThat(dropped).extracting(Recorded::outcome).containsExactly(Outcome.ABANDONED);
        assertThat(dropped).extracting(Recorded::outputTokens).containsExactly(1L);

        LlamaCppUse.Stream closed = llama.stream(50);
        assertThat(closed.next()).isNotNull();
        llama.close();
        assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.CANCELLED);
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.errors.total()).isZero();
    }

    @Test
    void stream_insideACallOfAnotherLibrary_isPartOfIt() throws Exception {
        WovenLibrary woven = woven(module());
        try (LlamaCppUse llama = open(woven)) {
            InferenceCall outer = woven.calls.start("outer", woven.calls.key(ModelKey.of("outer")), 1);
            drain(llama.stream(4));
            LlamaCppUse.Stream left = llama.stream(4);
            woven.calls.finish(outer, Outcome.OK);
            drain(left);

            assertThat(woven.recorded()).extracting(call -> call.key().model()).containsExactly("outer");
            assertThat(woven.inFlight()).isZero();
        }
    }

    @Test
    void engine_thatFailsToStart_orCannotRerank_failsAsItWouldWithoutTheAgent() throws Exception {
        WovenLibrary woven = woven(module());
        try (LlamaCppUse llama = open(woven)) {
            assertThatThrownBy(llama::openNothing).hasMessageContaining("could not load model");
            assertThat(woven.recorded()).isEmpty();

            assertThatThrownBy(() -> llama.rerank("a", "b", "c")).hasMessageContaining("does not support reranking");
            assertThatThrownBy(() -> llama.rerank((String[]) null)).hasMessageContaining("does not support reranking");
            List<Recorded> recorded = woven.recorded();
            assertThat(recorded).extracting(Recorded::outcome).containsExactly(Outcome.ERROR, Outcome.ERROR);
            assertThat(recorded).extracting(Recorded::units).containsExactly(3L, 1L);
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void threadsOfTheEngine_areKnownWhileTheModelIsOpen_andItsNameBeyond() throws Exception {
        WovenLibrary woven = woven(module());
        LlamaCppUse llama = open(woven);
        llama.complete(1);
        assertThat(woven.calls.enginePools().open()).hasSize(1);
        EnginePool pool = woven.calls.enginePools().open().get(0);
        assertThat(pool.threadIds()).isNotEmpty();
        assertThat(pool.grows()).as("asked to compute with one thread").isFalse();
        assertThat(pool.users()).isOne();
        assertThat(pool.key(0)).isEqualTo(woven.calls.key(llama.key()));
        llama.close();
        assertThat(woven.calls.enginePools().open()).isEmpty();

        woven.recorded();
        assertThatThrownBy(llama::callWithNull).isInstanceOf(NullPointerException.class);
        assertThat(woven.recorded())
                .as("refused before it is asked of the engine, which is gone")
                .extracting(Recorded::key)
                .containsExactly(llama.key());
        assertThat(woven.calls.enginePools().open()).isEmpty();
    }

    @Test
    void manyThreads_onOneModel_areACallEach() throws Exception {
        WovenLibrary woven = woven(module());
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try (LlamaCppUse llama = open(woven)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                boolean streams = i % 2 == 0;
                calls.add(threads.submit(() -> {
                    if (streams) {
                        drain(llama.stream(3));
                    } else {
                        llama.complete(3);
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
            assertThat(woven.recorded())
                    .hasSize(64)
                    .allSatisfy(call -> assertThat(call.outcome()).isEqualTo(Outcome.OK));
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();
        } finally {
            threads.shutdown();
        }
    }
}
