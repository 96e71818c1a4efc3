package io.inferwatt.agent.instrumentation.ollama4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.testservers.OllamaWire;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class Ollama4jModuleTest extends InstrumentationModuleContract {

    private static final String MODEL = Ollama4jScenario.MODEL;
    private static final long UNKNOWN = TokenUsage.UNKNOWN;

    @Override
    protected InstrumentationModule module() {
        return new Ollama4jModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return Ollama4jScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "ollama4j",
                "io.github.ollama4j:ollama4j",
                "1.1.6",
                List.of("1.1.2"),
                "`Ollama.chat`, with all requests that its tools make necessary, `generate` and `embed`, all with or without handlers;"
                        + " `generateAsync` until its thread has read the answer; the endpoint callers below",
                "model of the request; that of the answer is told as the model that answers",
                "of `embed` the number of inputs",
                "`prompt_eval_count` and `eval_count`, added up over tools; the first is unknown where the server still knew the prompt",
                "–",
                "a server that speaks its protocol");
    }

    @Override
    protected List<String> packages() {
        // It registers its metrics once a JVM.
        return List.of("io.github.ollama4j.", "io.prometheus.");
    }

    private Ollama4jUse open(WovenLibrary woven) throws Exception {
        return (Ollama4jUse) start(woven);
    }

    private static RemoteTarget target(Ollama4jUse ollama, Work work) {
        String host = ollama.server().address().substring("http://".length());
        return new RemoteTarget("ollama4j", "ollama", host, "", MODEL, work, "");
    }

    private static AskedRemotely one(WovenLibrary woven) {
        List<AskedRemotely> asked = woven.askedRemotely();
        assertThat(asked).hasSize(1);
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.errors.total()).isZero();
        return asked.get(0);
    }

    private static TokenUsage tokens(long input, long output) {
        return new TokenUsage(input, UNKNOWN, output, UNKNOWN);
    }

    @Test
    void chat_isToldWithServerAndTokens() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            assertThat(ollama.chat()).isEqualTo("Hello");

            assertThat(one(woven))
                    .isEqualTo(new AskedRemotely(
                            new ModelKey(MODEL, "chat", true),
                            Outcome.OK,
                            target(ollama, Work.TEXT),
                            1,
                            1,
                            tokens(11, 22),
                            false));
        }
    }

    @Test
    void chat_inPieces_isOneCall_andTheApplicationHearsTheSame() throws Exception {
        Reply reply = OllamaWire.chatStream(MODEL, 11, 22, "Hel", "lo");
        List<String> without;
        try (Ollama4jUse ollama = open(woven())) {
            ollama.server().answer(reply);
            without = ollama.chatInPieces();
        }
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            ollama.server().answer(reply);
            assertThat(ollama.chatInPieces()).isEqualTo(without).containsSubsequence("Hel", "lo");

            AskedRemotely asked = one(woven);
            assertThat(asked.tokens()).isEqualTo(tokens(11, 22));
            assertThat(asked.streamed()).isTrue();
        }
    }

    @Test
    void chat_thatRunsTools_isOneCallWithTheTokensOfAllItsRequests() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            ollama.server()
                    .answer(
                            OllamaWire.toolCall(MODEL, "clock", 100, 20),
                            OllamaWire.toolCall(MODEL, "clock", -1, 7),
                            OllamaWire.chat(MODEL, "Noon", 130, 5));
            assertThat(ollama.chatWithTool(() -> {})).isEqualTo("Noon");

            assertThat(ollama.server().requests()).hasSize(3);
            AskedRemotely asked = one(woven);
            assertThat(asked.requests()).isOne();
            assertThat(asked.tokens()).isEqualTo(tokens(230, 32));
        }
    }

    @Test
    void completion_withTools_isTheSameCallAsItsChat() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            ollama.server()
                    .answer(OllamaWire.toolCall(MODEL, "clock", 100, 20), OllamaWire.chat(MODEL, "Noon", 130, 5));
            assertThat(ollama.generateWithTool()).isEqualTo("Noon");

            AskedRemotely asked = one(woven);
            assertThat(asked.key().operation()).isEqualTo("text_completion");
            assertThat(asked.tokens()).isEqualTo(tokens(230, 25));
        }
    }

    @Test
    void completion_isToldOnce_inOneGoAndInPieces() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            ollama.server().answer(OllamaWire.generated(MODEL, "Hello", 3, 4));
            assertThat(ollama.generate()).isEqualTo("Hello");
            AskedRemotely whole = one(woven);
            assertThat(whole.key()).isEqualTo(new ModelKey(MODEL, "text_completion", true));
            assertThat(whole.tokens()).isEqualTo(tokens(3, 4));
            assertThat(whole.streamed()).isFalse();

            ollama.server().answer(OllamaWire.generatedStream(MODEL, 5, 6, "Hel", "lo"));
            assertThat(ollama.generateInPieces()).containsSubsequence("Hel", "lo");
            AskedRemotely pieces = one(woven);
            assertThat(pieces.tokens()).isEqualTo(tokens(5, 6));
            assertThat(pieces.streamed()).isTrue();
        }
    }

    @Test
    void prompt_thatTheServerStillKnows_isUnknownAndNotZero() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            ollama.server().answer(OllamaWire.chat(MODEL, "Hello", -1, 22));
            ollama.chat();
            assertThat(one(woven).tokens()).isEqualTo(tokens(UNKNOWN, 22));

            ollama.server().answer(OllamaWire.chat(MODEL, "Hello", -1, -1));
            ollama.chat();
            assertThat(one(woven).tokens()).isEqualTo(TokenUsage.NONE);
        }
    }

    @Test
    void model_thatAnswers_isToldWhereItDiffers() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            ollama.server().answer(OllamaWire.chat("qwen3:0.6b-q4_K_M", "Hello", 1, 2));
            ollama.chat();

            AskedRemotely asked = one(woven);
            assertThat(asked.key().model()).isEqualTo(MODEL);
            assertThat(asked.target().model()).isEqualTo("qwen3:0.6b-q4_K_M");
        }
    }

    @Test
    void embedding_isToldWithItsInputs() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            ollama.server().answer(OllamaWire.embedded(MODEL, 3, 9), OllamaWire.embedded(MODEL, 1, -1));
            assertThat(ollama.embed(3)).isEqualTo(3);
            AskedRemotely asked = one(woven);
            assertThat(asked.key()).isEqualTo(new ModelKey(MODEL, "embeddings", true));
            assertThat(asked.units()).isEqualTo(3);
            assertThat(asked.tokens()).isEqualTo(tokens(9, UNKNOWN));
            assertThat(asked.target()).isEqualTo(target(ollama, Work.EMBEDDING));

            ollama.embed(1);
            assertThat(one(woven).tokens()).isEqualTo(TokenUsage.NONE);

            ollama.server().answer(OllamaWire.error(404, "no such model"));
            assertThatThrownBy(() -> ollama.embed(1)).hasMessageContaining("no such model");
            assertThat(one(woven).outcome()).isEqualTo(Outcome.ERROR);
        }
    }

    @Test
    void answer_thatBreaksOff_isAnError() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            ollama.server()
                    .answer(OllamaWire.chatStream(MODEL, 11, 22, "Hel", "lo").cutAfter(1));
            assertThat(catchThrowable(ollama::chatInPieces)).isNotNull();

            AskedRemotely asked = one(woven);
            assertThat(asked.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(asked.streamed()).isTrue();
            assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
        }
    }

    @Test
    void call_thatIsInterrupted_isCancelled() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            CountDownLatch gate = new CountDownLatch(1);
            ollama.server().answer(OllamaWire.chat(MODEL, "Hello", 1, 2).heldBy(gate));
            ExecutorService caller = Executors.newSingleThreadExecutor();
            Future<String> answer = caller.submit(ollama::chat);
            while (woven.inFlight() == 0) {
                Thread.yield();
            }
            answer.cancel(true);
            caller.shutdown();
            assertThat(caller.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            gate.countDown();

            assertThat(one(woven).outcome()).isEqualTo(Outcome.CANCELLED);
        }
    }

    @Test
    void reader_goesOnUntilItHasRead_andTellsItsTokens() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            CountDownLatch gate = new CountDownLatch(1);
            ollama.server()
                    .answer(OllamaWire.generatedStream(MODEL, 5, 6, "Hel", "lo").heldBy(gate));
            Ollama4jUse.Reading reading = ollama.generateLater();
            assertThat(woven.inFlight()).isOne();
            gate.countDown();
            reading.await();

            assertThat(reading.succeeded()).isTrue();
            assertThat(reading.answer()).isEqualTo("Hello");
            AskedRemotely asked = one(woven);
            assertThat(asked.outcome()).isEqualTo(Outcome.OK);
            assertThat(asked.tokens()).isEqualTo(tokens(5, 6));
            assertThat(asked.streamed()).isTrue();
            assertThat(asked.target()).isEqualTo(target(ollama, Work.TEXT));
        }
    }

    @Test
    void reader_thatFails_orIsInterrupted_endsTheCallSo() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            ollama.server().answer(OllamaWire.error(404, "no such model"));
            Ollama4jUse.Reading failing = ollama.generateLater();
            failing.await();
            assertThat(failing.succeeded()).isFalse();
            assertThat(one(woven).outcome()).isEqualTo(Outcome.ERROR);

            ollama.server()
                    .answer(OllamaWire.generatedStream(MODEL, 5, 6, "Hel", "lo").cutAfter(1));
            Ollama4jUse.Reading cut = ollama.generateLater();
            cut.await();
            assertThat(one(woven).outcome()).isEqualTo(Outcome.ERROR);

            CountDownLatch gate = new CountDownLatch(1);
            ollama.server().answer(OllamaWire.generated(MODEL, "Hello", 5, 6).heldBy(gate));
            Ollama4jUse.Reading interrupted = ollama.generateLater();
            interrupted.interrupt();
            interrupted.await();
            gate.countDown();
            assertThat(one(woven).outcome()).isEqualTo(Outcome.CANCELLED);
        }
    }

    @Test
    void reader_madeByHand_isCounted_thoughItsAddressIsNotKnown() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            ollama.server().answer(OllamaWire.generatedStream(MODEL, 5, 6, "Hel", "lo"));
            ollama.readByHand().await();

            AskedRemotely asked = one(woven);
            assertThat(asked.tokens()).isEqualTo(tokens(5, 6));
            assertThat(asked.target().provider()).isEqualTo("ollama");
            assertThat(asked.target().host()).isEmpty();
        }
    }

    @Test
    void lowerLevel_isCountedAsWell() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            assertThat(ollama.chatDirectly()).isEqualTo("Hello");

            AskedRemotely asked = one(woven);
            assertThat(asked.tokens()).isEqualTo(tokens(11, 22));
            assertThat(asked.target()).isEqualTo(target(ollama, Work.TEXT));
        }
    }

    @Test
    void call_insideACallOfAnotherLibrary_isPartOfIt() throws Exception {
        WovenLibrary woven = woven(module());
        try (Ollama4jUse ollama = open(woven)) {
            InferenceCall outer = woven.calls.start("outer", woven.calls.key(ModelKey.of("outer")), 1);
            ollama.chat();
            woven.calls.finish(outer, Outcome.OK);

            AskedRemotely asked = one(woven);
            assertThat(asked.key().model()).isEqualTo("outer");
            assertThat(asked.tokens()).isEqualTo(tokens(11, 22));
        }
    }
}
