package io.inferwatt.agent.instrumentation.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.instrumentation.openai.OpenAiModule;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Spring AI over OpenAI's client for Java, both woven: a request passes both, and is one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SpringAiOverOpenAiTest {

    private static final String ANSWERING = "gpt-4o-mini-2024-07-18";
    private static final TokenUsage TOKENS = new TokenUsage(100, 60, 40, 30);

    private WovenLibrary woven;
    private WireServer server;
    private ClientApplication application;

    @BeforeAll
    void weave() throws Exception {
        woven = new WovenLibrary(
                List.of(new SpringAiModule(), new OpenAiModule()),
                List.of("org.springframework.ai.", "com.openai.", ClientScenario.class.getName()),
                getClass().getClassLoader());
        Thread.currentThread().setContextClassLoader(woven.loader);
    }

    @BeforeEach
    void open() throws Exception {
        server = new WireServer();
        application = (ClientApplication) woven.loader
                .loadClass(ClientScenario.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        application.talkTo(server.address());
    }

    @AfterEach
    void nothingIsLeft() {
        server.close();
        assertThat(woven.recorded()).as("beside what the test has looked at").isEmpty();
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.errors.total()).isZero();
    }

    /** Returns what was asked; who reads a stream may go on before those that have heard of its end as well. */
    private List<AskedRemotely> asked() throws Exception {
        List<AskedRemotely> asked = new ArrayList<>();
        Condition ended = () -> {
            asked.addAll(woven.askedRemotely());
            return !asked.isEmpty();
        };
        ended.await();
        return asked;
    }

    private AskedRemotely chat(Outcome outcome, String answering, TokenUsage tokens, boolean streamed) {
        return new AskedRemotely(
                ModelKey.remote("gpt-4o-mini", "chat"),
                outcome,
                new RemoteTarget("openai-java", "", "127.0.0.1:" + server.port(), "", answering, Work.TEXT, ""),
                1,
                1,
                tokens,
                streamed);
    }

    @Test
    void chat_isOneRequestOfTheClient_withItsTokensOnce() throws Exception {
        server.answer(OpenAiChatWire.chat(ANSWERING, OpenAiChatWire.usage(100, 60, 40, 30)));

        assertThat(application.chat(null)).isEqualTo(OpenAiChatWire.TEXT);

        assertThat(asked()).containsExactly(chat(Outcome.OK, ANSWERING, TOKENS, false));
    }

    @Test
    void chat_thatFails_isOneError() throws Exception {
        server.answer(OpenAiChatWire.error(400));

        assertThatThrownBy(() -> application.chat(null)).hasMessageContaining("400");

        assertThat(asked()).containsExactly(chat(Outcome.ERROR, "gpt-4o-mini", TokenUsage.NONE, false));
    }

    @Test
    void stream_isOneRequestOfTheClient_withItsTokensOnce() throws Exception {
        server.answer(OpenAiChatWire.streamedChat(ANSWERING, OpenAiChatWire.usage(100, 60, 40, 30)));

        assertThat(application.stream().read()).containsExactly("Hello", " there");

        assertThat(asked()).containsExactly(chat(Outcome.OK, ANSWERING, TOKENS, true));
    }

    /** Whoever of the two hears of it last has nothing to add. */
    @Test
    void streams_thatFail_areOneErrorEach() throws Exception {
        server.answer(OpenAiChatWire.error(400));
        List<AskedRemotely> asked = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> application.stream().read()).hasMessageContaining("400");
            asked.addAll(asked());
        }

        assertThat(asked).hasSize(10).allSatisfy(one -> {
            assertThat(one.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(one.requests()).isOne();
            assertThat(one.tokens()).isEqualTo(TokenUsage.NONE);
        });
    }

    @Test
    void embeddings_areOneRequestOfTheClient() throws Exception {
        server.answer(OpenAiChatWire.embeddings("text-embedding-3-small", 3, 12));

        assertThat(application.embed(3)).isEqualTo(3);

        assertThat(asked())
                .containsExactly(new AskedRemotely(
                        ModelKey.remote("text-embedding-3-small", "embeddings"),
                        Outcome.OK,
                        new RemoteTarget(
                                "openai-java",
                                "",
                                "127.0.0.1:" + server.port(),
                                "",
                                "text-embedding-3-small",
                                Work.EMBEDDING,
                                ""),
                        1,
                        3,
                        new TokenUsage(12, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN),
                        false));
    }
}
