package io.inferwatt.agent.instrumentation.azureopenai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.testservers.OpenAiWire;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real library, woven. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AzureOpenAiCallsTest {

    private static final TokenUsage USAGE = new TokenUsage(11, 4, 7, 3);

    private WovenLibrary woven;
    private AzureOpenAiUse azure;

    @BeforeAll
    void load() throws Exception {
        woven = new WovenLibrary(
                List.of(new AzureOpenAiModule()),
                List.of("com.azure.ai.openai.", AzureOpenAiScenario.class.getName()),
                getClass().getClassLoader());
    }

    @BeforeEach
    void open() throws Exception {
        azure = (AzureOpenAiUse) woven.loader
                .loadClass(AzureOpenAiScenario.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        azure.close();
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.recorded()).isEmpty();
        assertThat(woven.errors.total()).isZero();
    }

    /** An answer with Reactor is over before the application gets it. */
    private AskedRemotely asked() {
        List<AskedRemotely> asked = woven.askedRemotely();
        assertThat(asked).hasSize(1);
        return asked.get(0);
    }

    private RemoteTarget target(String model, Work work, String size) {
        String host = "127.0.0.1:" + azure.server().port();
        return new RemoteTarget("azure-openai", "azure.ai.openai", host, "", model, work, size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "response", "async", "async response"})
    void chat(String way) {
        azure.server().answer(Reply.json(OpenAiWire.chat("gpt-4o-2026", OpenAiWire.usage(11, 4, 7, 3))));

        assertThat(azure.ask(way)).isEqualTo(OpenAiWire.TEXT);

        AskedRemotely asked = asked();
        assertThat(asked.key()).isEqualTo(azure.key());
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.target()).isEqualTo(target("gpt-4o-2026", Work.TEXT, ""));
        assertThat(asked.tokens()).isEqualTo(USAGE);
        assertThat(asked.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "async json"})
    void chat_ofWhichTheApplicationTakesTheJson_isCounted_andItsTokensAreNotKnown(String way) {
        String body = OpenAiWire.chat("gpt-4o", OpenAiWire.usage(11, 4, 7, 3));
        azure.server().answer(Reply.json(body));

        assertThat(azure.ask(way)).isEqualTo(body);

        assertThat(asked().tokens()).isEqualTo(TokenUsage.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "async stream"})
    void stream_readToItsEnd_knowsItsTokens(String way) {
        azure.server().answer(Reply.events(OpenAiWire.chatEvents("gpt-4o-2026", OpenAiWire.usage(11, 4, 7, 3))));

        assertThat(azure.ask(way)).isEqualTo("[Hello,  there, , ]");

        AskedRemotely asked = asked();
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.target()).isEqualTo(target("gpt-4o-2026", Work.TEXT, ""));
        assertThat(asked.tokens()).isEqualTo(USAGE);
        assertThat(asked.streamed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "response", "async", "async response", "stream", "async stream"})
    void whateverWay_aCallWhoseBudgetIsUsedUp_isRejectedBeforeTheServerIsAsked(String way) {
        woven.calls.admitBy((key, tenants) -> "used up: " + key.model());
        try {
            assertThatThrownBy(() -> azure.ask(way))
                    .isExactlyInstanceOf(RejectedExecutionException.class)
                    .hasMessage("used up: " + azure.key().model());
        } finally {
            woven.calls.admitBy(null);
        }
        assertThat(azure.server().requests()).isEmpty();
    }

    @Test
    void stream_withoutUsage_endsWell_andKnowsNoTokens() {
        azure.server().answer(Reply.events(OpenAiWire.chatEvents("gpt-4o", "")));

        assertThat(azure.ask("stream without usage")).isEqualTo("[Hello,  there, ]");

        AskedRemotely asked = asked();
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
        assertThat(woven.calls.usageOption("azure-openai")).contains("setIncludeUsage(true)");
    }

    @Test
    void stream_closedBeforeItsEnd_isCancelled() {
        azure.server().answer(Reply.events(OpenAiWire.chatEvents("gpt-4o", OpenAiWire.usage(11, 4, 7, 3))));

        assertThat(azure.readSome(1)).containsExactly("Hello");

        assertThat(asked().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void streamWithReactor_ofWhichAPartIsTaken_isCancelled() {
        azure.server().answer(Reply.events(OpenAiWire.chatEvents("gpt-4o", OpenAiWire.usage(11, 4, 7, 3))));

        assertThat(azure.takeSome(2)).containsExactly("Hello", " there");

        assertThat(asked().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void answerWithReactor_isACallEachTimeSomebodySubscribes_andElseNone() {
        azure.subscribe(0);
        assertThat(woven.recorded()).isEmpty();

        azure.subscribe(2);

        assertThat(woven.askedRemotely()).extracting(AskedRemotely::tokens).containsExactly(USAGE, USAGE);
    }

    @Test
    void completion() {
        azure.server().answer(Reply.json(OpenAiWire.completion("gpt-35", OpenAiWire.usageWithoutDetails(9, 5))));

        assertThat(azure.ask("completion")).isEqualTo(OpenAiWire.TEXT);

        AskedRemotely asked = asked();
        assertThat(asked.key().operation()).isEqualTo("text_completion");
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(9, TokenUsage.UNKNOWN, 5, TokenUsage.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void embeddings(boolean async) {
        azure.server().answer(Reply.json(OpenAiWire.embeddings("text-embedding-3-small", 3, 21)));
        azure.embed(async);

        AskedRemotely asked = asked();
        assertThat(asked.target()).isEqualTo(target("our-vectors", Work.EMBEDDING, ""));
        assertThat(asked.units()).isEqualTo(3);
        assertThat(asked.tokens())
                .isEqualTo(new TokenUsage(21, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void images(boolean async) {
        azure.server().answer(Reply.json(OpenAiWire.images("")));
        azure.images(async);

        AskedRemotely asked = asked();
        assertThat(asked.target()).isEqualTo(target("our-pictures", Work.IMAGE, "1024x1024"));
        assertThat(asked.units()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "async", "stream", "async stream"})
    void request_thatTheServerCannotServe_isAnErrorThatTheApplicationSees(String way) {
        azure.server().answer(Reply.json(400, OpenAiWire.error("broken")));

        assertThatThrownBy(() -> azure.ask(way)).hasMessageContaining("400").hasMessageContaining("broken");

        assertThat(asked().outcome()).isEqualTo(Outcome.ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "async"})
    void requestThatIsRefusedOnce_andTriedAgain_isOneCall(String way) {
        azure.server()
                .answer(
                        Reply.json(429, OpenAiWire.error("slow down")),
                        Reply.json(OpenAiWire.chat("gpt-4o", OpenAiWire.usage(11, 4, 7, 3))));

        assertThat(azure.ask(way)).isEqualTo(OpenAiWire.TEXT);

        assertThat(azure.server().requests()).hasSize(2);
        assertThat(asked().tokens()).isEqualTo(USAGE);
    }
}
