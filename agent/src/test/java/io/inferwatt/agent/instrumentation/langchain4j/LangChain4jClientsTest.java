package io.inferwatt.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.instrumentation.langchain4j.ClientApplication.Streamed;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.testservers.OpenAiChatWire;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** LangChain4j's clients of remote models, against a server that speaks their protocols. */
@Timeout(120)
class LangChain4jClientsTest extends InstrumentationModuleContract {

    private static final String ANSWERING = "gpt-4o-mini-2024-07-18";
    private static final long UNKNOWN = TokenUsage.UNKNOWN;

    private WireServer server;
    private WovenLibrary woven;
    private ClientApplication application;

    @Override
    protected InstrumentationModule module() {
        return new LangChain4jModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return ClientScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LangChain4jModuleTest().support();
    }

    @Override
    protected List<String> packages() {
        return List.of("dev.langchain4j.");
    }

    @BeforeEach
    void startServer() {
        server = new WireServer();
        woven = null;
    }

    private ClientApplication application() throws Exception {
        woven = woven(module());
        application = (ClientApplication) start(woven);
        application.talkTo(server.address());
        return application;
    }

    @AfterEach
    void nothingIsLeft() {
        server.close();
        if (woven != null) {
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();
            assertThat(woven.askedRemotely()).isEmpty();
        }
    }

    private AskedRemotely chat(
            String requested, String answering, Outcome outcome, TokenUsage tokens, boolean streamed) {
        return new AskedRemotely(
                ModelKey.remote(requested, "chat"), outcome, target(answering, Work.TEXT, ""), 1, 1, tokens, streamed);
    }

    /** The address is not OpenAI's own, so only the host tells who it is. */
    private RemoteTarget target(String model, Work work, String imageSize) {
        return new RemoteTarget("langchain4j", "", "127.0.0.1:" + server.port(), "", model, work, imageSize);
    }

    @Test
    void chat_tellsItsModelServerAndTokens_cachedAndReasoningIncluded() throws Exception {
        server.answer(OpenAiChatWire.chat(ANSWERING, OpenAiChatWire.usage(100, 60, 40, 30)));

        assertThat(application().chat(null)).isEqualTo(OpenAiChatWire.TEXT);
        assertThat(woven.askedRemotely())
                .containsExactly(chat("gpt-4o-mini", ANSWERING, Outcome.OK, new TokenUsage(100, 60, 40, 30), false));
    }

    @Test
    void chat_thatNamesAModel_isOfThat_andItsTokensAreUnknownWithoutUsage() throws Exception {
        server.answer(OpenAiChatWire.chat("gpt-5", "null"));

        application().chat("gpt-5");
        assertThat(woven.askedRemotely()).containsExactly(chat("gpt-5", "gpt-5", Outcome.OK, TokenUsage.NONE, false));
    }

    @Test
    void chat_byWhateverMethod_isOneRequest() throws Exception {
        server.answer(OpenAiChatWire.chat(ANSWERING, OpenAiChatWire.usage(10, 0, 2, 0)));

        application().chatByEachMethod();
        assertThat(woven.askedRemotely())
                .hasSize(4)
                .allMatch(chat("gpt-4o-mini", ANSWERING, Outcome.OK, new TokenUsage(10, 0, 2, 0), false)::equals);
    }

    @Test
    void chat_throughDecoratorsOfTheApplication_isOneRequestOfTheClient_andItsOwnModelsAreNone() throws Exception {
        server.answer(OpenAiChatWire.chat(ANSWERING, OpenAiChatWire.usage(10, 0, 2, 0)));

        application().chatThroughDecorators();
        assertThat(woven.askedRemotely())
                .hasSize(2)
                .allMatch(asked -> asked.tokens().input() == 10);
        application.chatWithOwnModel();
        assertThat(woven.recorded()).isEmpty();
    }

    @Test
    void chat_thatIsRetried_isOneRequest() throws Exception {
        server.answer(OpenAiChatWire.error(429), OpenAiChatWire.chat(ANSWERING, OpenAiChatWire.usage(10, 0, 2, 0)));

        application().chat(null);
        assertThat(server.requests()).hasSize(2);
        assertThat(woven.askedRemotely())
                .containsExactly(chat("gpt-4o-mini", ANSWERING, Outcome.OK, new TokenUsage(10, 0, 2, 0), false));
    }

    @Test
    void chat_thatFails_isAnError() throws Exception {
        server.answer(OpenAiChatWire.error(500));
        application();

        assertThatThrownBy(() -> application.chat(null)).hasMessageContaining("status 500");
        assertThat(woven.askedRemotely())
                .containsExactly(chat("gpt-4o-mini", "gpt-4o-mini", Outcome.ERROR, TokenUsage.NONE, false));
    }

    @Test
    void stream_readToTheEnd_tellsTheSameToItsHandler() throws Exception {
        server.answer(OpenAiChatWire.streamedChat(ANSWERING, OpenAiChatWire.usage(100, 60, 40, 30)));

        Streamed streamed = application().stream();
        assertThat(streamed.end().get(60, TimeUnit.SECONDS)).isEqualTo(OpenAiChatWire.TEXT);
        assertThat(streamed.told()).containsExactly("Hello", " there");
        assertThat(woven.askedRemotely())
                .containsExactly(chat("gpt-4o-mini", ANSWERING, Outcome.OK, new TokenUsage(100, 60, 40, 30), true));
    }

    @Test
    void stream_throughADecorator_isOneRequest() throws Exception {
        server.answer(OpenAiChatWire.streamedChat(ANSWERING, OpenAiChatWire.usage(10, 0, 2, 0)));

        application().streamThroughDecorator().end().get(60, TimeUnit.SECONDS);
        assertThat(woven.askedRemotely()).hasSize(1);
    }

    @Test
    void stream_isInFlightUntilItsEnd() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.answer(OpenAiChatWire.streamedChat(ANSWERING, OpenAiChatWire.usage(10, 0, 2, 0))
                .heldBy(gate));

        Streamed streamed = application().stream();
        assertThat(woven.inFlight()).isOne();
        assertThat(woven.askedRemotely()).isEmpty();
        gate.countDown();
        streamed.end().get(60, TimeUnit.SECONDS);
        assertThat(woven.askedRemotely()).hasSize(1);
    }

    @Test
    void stream_withoutUsage_hasUnknownTokens() throws Exception {
        server.answer(OpenAiChatWire.streamedChat(ANSWERING, "null"));

        application().stream().end().get(60, TimeUnit.SECONDS);
        assertThat(woven.askedRemotely())
                .containsExactly(chat("gpt-4o-mini", ANSWERING, Outcome.OK, TokenUsage.NONE, true));
    }

    @Test
    void stream_thatFails_isAnErrorThatItsHandlerHears() throws Exception {
        server.answer(OpenAiChatWire.error(500));

        CompletableFuture<String> end = application().stream().end();
        assertThatThrownBy(() -> end.get(60, TimeUnit.SECONDS)).hasMessageContaining("status 500");
        assertThat(woven.askedRemotely())
                .containsExactly(chat("gpt-4o-mini", "gpt-4o-mini", Outcome.ERROR, TokenUsage.NONE, false));
    }

    @Test
    void stream_cutByTheServer_endsAsItsHandlerIsTold() throws Exception {
        server.answer(OpenAiChatWire.streamedChat(ANSWERING, "null").cutAfter(1));

        CompletableFuture<String> end = application().stream().end();
        Outcome told = end.handle((text, error) -> error == null ? Outcome.OK : Outcome.ERROR)
                .get(60, TimeUnit.SECONDS);
        assertThat(woven.askedRemotely()).extracting(AskedRemotely::outcome).containsExactly(told);
    }

    @Test
    void stream_cancelledWithinItsHandler_orFromElsewhere_isCancelled() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.answer(OpenAiChatWire.streamedChat(ANSWERING, "null").heldBy(gate));
        application();

        application.streamAndCancel(true);
        assertThat(woven.askedRemotely()).extracting(AskedRemotely::outcome).containsExactly(Outcome.CANCELLED);
        application.streamAndCancel(false);
        assertThat(woven.askedRemotely()).extracting(AskedRemotely::outcome).containsExactly(Outcome.CANCELLED);
        gate.countDown();
    }

    @Test
    void stream_whoseHandlerThrows_goesOnAsWithoutTheAgent() throws Exception {
        server.answer(OpenAiChatWire.streamedChat(ANSWERING, OpenAiChatWire.usage(10, 0, 2, 0)));

        Streamed streamed = application().streamWithFailingHandler();
        assertThat(streamed.end().get(60, TimeUnit.SECONDS)).isEqualTo(OpenAiChatWire.TEXT);
        assertThat(streamed.told())
                .containsExactly("Hello", "error the handler's own", " there", "error the handler's own");
        assertThat(woven.askedRemotely())
                .containsExactly(chat("gpt-4o-mini", ANSWERING, Outcome.OK, new TokenUsage(10, 0, 2, 0), true));
    }

    @Test
    void stream_thatIsToldBeforeItsMethodReturns_isOneRequest_namedByItsAnswer() throws Exception {
        assertThat(application().streamAtOnce().told()).containsExactly("Hello");
        assertThat(woven.askedRemotely())
                .containsExactly(new AskedRemotely(
                        ModelKey.remote("at-once-1", "chat"),
                        Outcome.OK,
                        new RemoteTarget("langchain4j", "", "", "", "at-once-1", Work.TEXT, ""),
                        1,
                        1,
                        new TokenUsage(7, UNKNOWN, 3, UNKNOWN),
                        true));
    }

    @Test
    void chatLater_endsWithItsFuture() throws Exception {
        CompletableFuture<Object> later = new CompletableFuture<>();
        CompletableFuture<Object> given = application().chatLater(later);
        assertThat(woven.inFlight()).isOne();
        Object answer = application.answer("later-2", 5, 6);
        later.complete(answer);

        assertThat(given.get(60, TimeUnit.SECONDS)).isSameAs(answer);
        assertThat(woven.askedRemotely())
                .containsExactly(new AskedRemotely(
                        ModelKey.remote("later-1", "chat"),
                        Outcome.OK,
                        new RemoteTarget("langchain4j", "", "", "", "later-2", Work.TEXT, ""),
                        1,
                        1,
                        new TokenUsage(5, UNKNOWN, 6, UNKNOWN),
                        false));
    }

    @Test
    void chatLater_thatFailsOrIsCancelled_isSo() throws Exception {
        application();

        application.chatLater(CompletableFuture.failedFuture(new IllegalStateException("broken")));
        application.chatLater(CompletableFuture.failedFuture(new CancellationException()));
        assertThat(woven.askedRemotely())
                .extracting(AskedRemotely::outcome)
                .containsExactly(Outcome.ERROR, Outcome.CANCELLED);
    }

    @Test
    void embeddings_areOneRequestWithTheirTextsAsUnits() throws Exception {
        server.answer(OpenAiChatWire.embeddings("text-embedding-3-small", 3, 12));

        assertThat(application().embed(3)).isEqualTo(3);
        assertThat(woven.askedRemotely())
                .containsExactly(new AskedRemotely(
                        ModelKey.remote("text-embedding-3-small", "embeddings"),
                        Outcome.OK,
                        target("text-embedding-3-small", Work.EMBEDDING, ""),
                        1,
                        3,
                        new TokenUsage(12, UNKNOWN, UNKNOWN, UNKNOWN),
                        false));
    }

    @Test
    void images_areOneRequestWithTheirSizeAndNumber() throws Exception {
        server.answer(OpenAiChatWire.images(1), OpenAiChatWire.images(2));

        assertThat(application().images(1)).isOne();
        assertThat(application.images(2)).isEqualTo(2);
        assertThat(woven.askedRemotely()).hasSize(2).allSatisfy(asked -> {
            assertThat(asked.key()).isEqualTo(ModelKey.remote("dall-e-2", "image_generation"));
            assertThat(asked.target()).isEqualTo(target("dall-e-2", Work.IMAGE, "256x256"));
            assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
        });
    }

    @Test
    void completions_areText_alsoStreamed() throws Exception {
        server.answer(OpenAiChatWire.completion("gpt-3.5-turbo-instruct", 4, 2));

        assertThat(application().complete()).isEqualTo(OpenAiChatWire.TEXT);
        assertThat(woven.askedRemotely()).hasSize(1).allSatisfy(asked -> {
            assertThat(asked.key()).isEqualTo(ModelKey.remote("gpt-3.5-turbo-instruct", "text_completion"));
            assertThat(asked.tokens()).isEqualTo(new TokenUsage(4, UNKNOWN, 2, UNKNOWN));
        });
        server.answer(Reply.events(
                "data: {\"id\":\"t1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"text\":\"Hello there\"}],\"usage\":null}",
                "data: {\"id\":\"t1\",\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":2,"
                        + "\"total_tokens\":6}}",
                "data: [DONE]"));
        assertThat(application.streamCompletion().end().get(60, TimeUnit.SECONDS))
                .isEqualTo(OpenAiChatWire.TEXT);
        assertThat(woven.askedRemotely()).hasSize(1).allSatisfy(asked -> {
            assertThat(asked.key()).isEqualTo(ModelKey.remote("gpt-3.5-turbo-instruct", "text_completion"));
            assertThat(asked.streamed()).isTrue();
            assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        });
    }

    @Test
    void moderation_isOtherWork() throws Exception {
        server.answer(Reply.json("{\"id\":\"m1\",\"model\":\"omni-moderation-latest\",\"results\":[{\"flagged\":false,"
                + "\"categories\":{},\"category_scores\":{}}]}"));

        application().moderate();
        assertThat(woven.askedRemotely()).hasSize(1).allSatisfy(asked -> {
            assertThat(asked.key()).isEqualTo(ModelKey.remote("omni-moderation-latest", "moderation"));
            assertThat(asked.target()).isEqualTo(target("omni-moderation-latest", Work.OTHER, ""));
        });
    }

    @Test
    void anthropic_countsItsCacheAsInput() throws Exception {
        server.answer(Reply.json(
                "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":10,"
                        + "\"cache_read_input_tokens\":200,\"cache_creation_input_tokens\":30,\"output_tokens\":5}}"));

        application().chatWithAnthropic();
        assertThat(woven.askedRemotely())
                .containsExactly(chat(
                        "claude-sonnet-4-5",
                        "claude-sonnet-4-5",
                        Outcome.OK,
                        new TokenUsage(240, 200, 5, UNKNOWN),
                        false));
    }

    @Test
    void gemini_countsItsThoughtsAsOutput() throws Exception {
        server.answer(
                Reply.json(
                        "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hi\"}]},"
                                + "\"finishReason\":\"STOP\"}],\"modelVersion\":\"gemini-2.5-flash-001\",\"usageMetadata\":{\"promptTokenCount\":20,"
                                + "\"cachedContentTokenCount\":8,\"candidatesTokenCount\":3,\"thoughtsTokenCount\":50,\"totalTokenCount\":73}}"));

        application().chatWithGemini();
        assertThat(woven.askedRemotely())
                .containsExactly(chat(
                        "gemini-2.5-flash", "gemini-2.5-flash-001", Outcome.OK, new TokenUsage(20, 8, 53, 50), false));
    }

    @Test
    void ollama_isWhoeverRunsItsHost() throws Exception {
        server.answer(
                Reply.json("{\"model\":\"llama3.2:1b\",\"created_at\":\"2025-01-01T00:00:00Z\",\"message\":{\"role\":"
                        + "\"assistant\",\"content\":\"Hi\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":11,"
                        + "\"eval_count\":4}"));

        application().chatWithOllama();
        assertThat(woven.askedRemotely())
                .containsExactly(
                        chat("llama3.2:1b", "llama3.2:1b", Outcome.OK, new TokenUsage(11, UNKNOWN, 4, UNKNOWN), false));
    }
}
