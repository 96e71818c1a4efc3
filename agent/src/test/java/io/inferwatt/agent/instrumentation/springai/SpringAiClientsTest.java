package io.inferwatt.agent.instrumentation.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.instrumentation.springai.ClientApplication.Answer;
import io.inferwatt.agent.instrumentation.springai.ClientApplication.Condition;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.testservers.OpenAiChatWire;
import io.inferwatt.core.testservers.WireServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spring AI's clients of remote models, against a server that speaks OpenAI's protocol; the client below is not woven. */
@Timeout(120)
class SpringAiClientsTest extends InstrumentationModuleContract {

    private static final String ANSWERING = "gpt-4o-mini-2024-07-18";
    private static final long UNKNOWN = TokenUsage.UNKNOWN;

    private WireServer server;
    private WovenLibrary woven;
    private ClientApplication application;

    @Override
    protected InstrumentationModule module() {
        return new SpringAiModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return ClientScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new SpringAiModuleTest().support();
    }

    @Override
    protected List<String> packages() {
        return List.of("org.springframework.ai.");
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

    private RemoteTarget target(String model, Work work, String imageSize) {
        return new RemoteTarget("spring-ai", "", "127.0.0.1:" + server.port(), "", model, work, imageSize);
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
    void chat_byWhateverMethod_alsoThroughADecorator_isOneRequest() throws Exception {
        server.answer(OpenAiChatWire.chat(ANSWERING, OpenAiChatWire.usage(10, 0, 2, 0)));

        application().chatByEachMethod();
        application.chatThroughDecorator();
        assertThat(woven.askedRemotely())
                .hasSize(4)
                .allMatch(chat("gpt-4o-mini", ANSWERING, Outcome.OK, new TokenUsage(10, 0, 2, 0), false)::equals);
    }

    @Test
    void chat_thatIsRetried_isOneRequest_andOneThatFailsAnError() throws Exception {
        server.answer(OpenAiChatWire.error(429), OpenAiChatWire.chat(ANSWERING, OpenAiChatWire.usage(10, 0, 2, 0)));
        application().chat(null);
        assertThat(server.requests()).hasSize(2);
        assertThat(woven.askedRemotely())
                .containsExactly(chat("gpt-4o-mini", ANSWERING, Outcome.OK, new TokenUsage(10, 0, 2, 0), false));

        server.answer(OpenAiChatWire.error(500));
        assertThatThrownBy(() -> application.chat(null)).hasMessageContaining("500");
        assertThat(woven.askedRemotely())
                .containsExactly(chat("gpt-4o-mini", "gpt-4o-mini", Outcome.ERROR, TokenUsage.NONE, false));
    }

    @Test
    void stream_isACallForEachSubscription_withTheSamePieces() throws Exception {
        server.answer(OpenAiChatWire.streamedChat(ANSWERING, OpenAiChatWire.usage(100, 60, 40, 30)));

        Answer answer = application().stream();
        assertThat(server.requests()).isEmpty();
        assertThat(woven.askedRemotely()).as("nobody has subscribed").isEmpty();
        assertThat(answer.read()).containsExactly("Hello", " there");
        assertThat(answer.read()).containsExactly("Hello", " there");

        assertThat(woven.askedRemotely())
                .hasSize(2)
                .allMatch(chat("gpt-4o-mini", ANSWERING, Outcome.OK, new TokenUsage(100, 60, 40, 30), true)::equals);
    }

    @Test
    void stream_whoseBudgetIsUsedUp_endsWithThatErrorBeforeTheServerIsAsked() throws Exception {
        Answer answer = application().stream();
        woven.calls.admitBy((key, tenants) -> "used up: " + key.model());

        assertThatThrownBy(answer::read)
                .isExactlyInstanceOf(RejectedExecutionException.class)
                .hasMessage("used up: gpt-4o-mini");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void stream_withoutUsage_hasUnknownTokens() throws Exception {
        server.answer(OpenAiChatWire.streamedChat(ANSWERING, "null"));

        application().stream().read();
        assertThat(woven.askedRemotely())
                .containsExactly(chat("gpt-4o-mini", ANSWERING, Outcome.OK, TokenUsage.NONE, true));
    }

    @Test
    void stream_thatFails_isAnErrorThatTheApplicationSees() throws Exception {
        server.answer(OpenAiChatWire.error(400));
        Answer answer = application().stream();

        assertThatThrownBy(answer::read).hasMessageContaining("400");
        assertThat(woven.askedRemotely())
                .containsExactly(chat("gpt-4o-mini", "gpt-4o-mini", Outcome.ERROR, TokenUsage.NONE, false));
    }

    @Test
    void stream_thatIsUnsubscribed_isCancelled() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.answer(OpenAiChatWire.streamedChat(ANSWERING, "null").heldBy(gate));
        Answer answer = application().stream();

        assertThat(answer.readFirst()).isEqualTo("Hello");
        assertThat(woven.askedRemotely()).extracting(AskedRemotely::outcome).containsExactly(Outcome.CANCELLED);

        Runnable unsubscribe = answer.subscribe();
        assertThat(woven.inFlight()).isOne();
        unsubscribe.run();
        assertThat(woven.askedRemotely()).extracting(AskedRemotely::outcome).containsExactly(Outcome.CANCELLED);
        gate.countDown();
    }

    @Test
    void stream_thatNobodyReadsOn_isInFlightUntilItsEnd() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.answer(OpenAiChatWire.streamedChat(ANSWERING, OpenAiChatWire.usage(10, 0, 2, 0))
                .heldBy(gate));

        application().stream().subscribe();
        assertThat(woven.inFlight()).isOne();
        gate.countDown();
        List<AskedRemotely> asked = new ArrayList<>();
        Condition ended = () -> {
            asked.addAll(woven.askedRemotely());
            return !asked.isEmpty();
        };
        ended.await();
        assertThat(asked)
                .containsExactly(chat("gpt-4o-mini", ANSWERING, Outcome.OK, new TokenUsage(10, 0, 2, 0), true));
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
        server.answer(OpenAiChatWire.images(2), OpenAiChatWire.images(1));

        assertThat(application().images(true)).isEqualTo(2);
        assertThat(application.images(false)).isOne();
        assertThat(woven.askedRemotely())
                .containsExactly(images("dall-e-2", 2, "512x256"), images("dall-e-3", 1, "1024x1024"));
    }

    private AskedRemotely images(String model, int number, String size) {
        return new AskedRemotely(
                ModelKey.remote(model, "image_generation"),
                Outcome.OK,
                target(model, Work.IMAGE, size),
                1,
                number,
                TokenUsage.NONE,
                false);
    }

    @Test
    void chat_overAClientThatIsMeteredItself_isOneRequestWithWhatTheClientKnows() throws Exception {
        assertThat(application().chatThroughLayers(1)).isEqualTo("Hello there");
        assertThat(woven.askedRemotely()).containsExactly(layered(new TokenUsage(10, 4, 6, 2), false));
    }

    @Test
    void chat_thatAsksAgainAfterATool_isOneRequestWithTheTokensOfAllItAsked() throws Exception {
        application().chatThroughLayers(3);

        assertThat(woven.askedRemotely()).containsExactly(layered(new TokenUsage(30, 12, 18, 6), false));
    }

    @Test
    void stream_overAClientThatIsMeteredItself_isOneRequestWithWhatTheClientKnows() throws Exception {
        assertThat(application().streamThroughLayers(1).read()).containsExactly("Hello");

        assertThat(woven.askedRemotely()).containsExactly(layered(new TokenUsage(10, 4, 6, 2), true));
    }

    @Test
    void stream_thatAsksAgainAfterATool_isOneRequestWithTheTokensOfAllItAsked() throws Exception {
        assertThat(application().streamThroughLayers(2).read()).containsExactly("Hello", "Hello");

        assertThat(woven.askedRemotely()).containsExactly(layered(new TokenUsage(20, 8, 12, 4), true));
    }

    private static AskedRemotely layered(TokenUsage tokens, boolean streamed) {
        return new AskedRemotely(
                ModelKey.remote("layered-1", "chat"),
                Outcome.OK,
                new RemoteTarget("client-below", "openai", "api.openai.com", "", "layered-1-2026", Work.TEXT, ""),
                1,
                1,
                tokens,
                streamed);
    }
}
