package io.inferwatt.agent.instrumentation.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferwatt.agent.instrumentation.anthropic.AnthropicUse.Way;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.testservers.AnthropicWire;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real client of Anthropic against a server on loopback, woven and not. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnthropicCallsTest {

    private static final ClassLoader AGENT = AnthropicCallsTest.class.getClassLoader();
    private static final List<String> APPLICATION = List.of("com.anthropic.", AnthropicScenario.class.getName());
    private static final long UNKNOWN = TokenUsage.UNKNOWN;
    private static final String MODEL = AnthropicUse.MODEL;

    /** By hand: 7 read anew, 11 from a cache and 13 written to one are 31 read; of 17 written 4 are thought. */
    private static final String USAGE = "\"input_tokens\":7,\"cache_read_input_tokens\":11,"
            + "\"cache_creation_input_tokens\":13,\"output_tokens\":17,"
            + "\"output_tokens_details\":{\"thinking_tokens\":4}";

    private static final TokenUsage COUNTED = new TokenUsage(31, 11, 17, 4);

    private static final Reply MESSAGE = AnthropicWire.message(MODEL, "hello", USAGE);
    private static final Reply STREAM = AnthropicWire.stream(
            MODEL,
            "hel",
            "lo",
            "\"input_tokens\":7,\"cache_read_input_tokens\":11,\"cache_creation_input_tokens\":13,\"output_tokens\":1",
            "\"output_tokens\":17,\"output_tokens_details\":{\"thinking_tokens\":4}");

    /** Loading the library costs seconds, so once for all; the woven one last, since the last one has the dispatcher. */
    private final AnthropicUse plain = open(new WovenLibrary(List.of(), APPLICATION, AGENT));

    private final WovenLibrary woven = new WovenLibrary(List.of(new AnthropicModule()), APPLICATION, AGENT);
    private final AnthropicUse anthropic = open(woven);

    AnthropicCallsTest() throws Exception {}

    private static AnthropicUse open(WovenLibrary library) throws Exception {
        return (AnthropicUse) library.loader
                .loadClass(AnthropicScenario.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }

    @AfterAll
    void close() throws Exception {
        plain.close();
        anthropic.close();
    }

    @AfterEach
    void nothingIsLeftInFlight() {
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.errors.total()).isZero();
    }

    private AskedRemotely only() {
        return ended(woven, 1).get(0);
    }

    /** Who waits for a future may go on before those who watch it have been told. */
    private static List<AskedRemotely> ended(WovenLibrary library, int count) {
        List<AskedRemotely> ended = new ArrayList<>(library.askedRemotely());
        while (ended.size() < count) {
            Thread.onSpinWait();
            ended.addAll(library.askedRemotely());
        }
        assertThat(ended).hasSize(count);
        return ended;
    }

    private String host() {
        return "127.0.0.1:" + anthropic.server().port();
    }

    @ParameterizedTest
    @EnumSource
    void everyWay_isOneCall_withAllTokens_andTheAnswerIsWhatItIsWithoutTheAgent(Way way) throws Exception {
        Reply reply = way.streams() ? STREAM : MESSAGE;
        plain.server().answer(reply);
        anthropic.server().answer(reply);

        assertThat(anthropic.ask(way)).isEqualTo(plain.ask(way)).contains("hello");

        RemoteTarget target = new RemoteTarget("anthropic-java", "", host(), "", MODEL, Work.TEXT, "");
        assertThat(only())
                .isEqualTo(new AskedRemotely(
                        ModelKey.remote(MODEL, "chat"), Outcome.OK, target, 1, 1, COUNTED, way.streams()));
    }

    @ParameterizedTest
    @EnumSource
    void failure_isOneError_andTheApplicationsOwn(Way way) {
        plain.server().answer(AnthropicWire.error(400, "invalid_request_error"));
        anthropic.server().answer(AnthropicWire.error(400, "invalid_request_error"));

        Throwable thrown = catchThrowable(() -> anthropic.ask(way));

        assertThat(thrown).hasToString(catchThrowable(() -> plain.ask(way)).toString());
        assertThat(thrown.toString()).contains("com.anthropic.errors.BadRequestException");
        AskedRemotely asked = only();
        assertThat(asked.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"MESSAGE", "MESSAGE_LATER", "STREAM"})
    void retryInsideTheClient_isPartOfTheCall(Way way) throws Exception {
        int before = anthropic.server().requests().size();
        anthropic.server().answer(AnthropicWire.error(429, "rate_limit_error"), way.streams() ? STREAM : MESSAGE);

        anthropic.ask(way);

        AskedRemotely asked = only();
        assertThat(anthropic.server().requests()).hasSize(before + 2);
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.requests()).isOne();
        assertThat(asked.tokens()).isEqualTo(COUNTED);
    }

    @Test
    void serverThatFailsForGood_isOneError() {
        anthropic.server().answer(AnthropicWire.error(500, "api_error"));

        assertThat(catchThrowable(() -> anthropic.ask(Way.MESSAGE))).isNotNull();

        assertThat(only().outcome()).isEqualTo(Outcome.ERROR);
    }

    @Test
    void modelThatAnswers_andItsPlace_areTold_underTheModelAskedFor() throws Exception {
        anthropic
                .server()
                .answer(AnthropicWire.message(
                        "claude-test-1-20260101",
                        "hello",
                        "\"input_tokens\":7,\"output_tokens\":5,\"inference_geo\":\"us\""));

        anthropic.ask(Way.BETA);

        AskedRemotely asked = only();
        assertThat(asked.key()).isEqualTo(ModelKey.remote(MODEL, "chat"));
        assertThat(asked.target().model()).isEqualTo("claude-test-1-20260101");
        assertThat(asked.target().region()).isEqualTo("us");
        assertThat(asked.target().host()).isEqualTo(host());
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(7, UNKNOWN, 5, UNKNOWN));
    }

    @Test
    void placeThatIsNotAvailable_isNoPlace() throws Exception {
        anthropic
                .server()
                .answer(AnthropicWire.message(
                        MODEL, "hello", "\"input_tokens\":7,\"output_tokens\":5,\"inference_geo\":\"not_available\""));

        anthropic.ask(Way.MESSAGE);

        assertThat(only().target().region()).isEmpty();
    }

    @Test
    void answerWithoutUsage_hasNoTokens_andIsNoErrorOfOurs() throws Exception {
        anthropic.server().answer(AnthropicWire.message(MODEL, "hello", ""));

        assertThat(anthropic.ask(Way.MESSAGE)).isEqualTo("hello");
        assertThat(anthropic.ask(Way.MESSAGE_LATER)).isEqualTo("hello");

        assertThat(ended(woven, 2)).allSatisfy(asked -> {
            assertThat(asked.outcome()).isEqualTo(Outcome.OK);
            assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
        });
    }

    @Test
    void streamThatNeverTellsItsOutput_knowsOnlyItsInput() throws Exception {
        anthropic
                .server()
                .answer(AnthropicWire.stream(MODEL, "hel", "lo", "\"input_tokens\":7,\"output_tokens\":1", null));

        anthropic.ask(Way.STREAM);

        assertThat(only().tokens()).isEqualTo(new TokenUsage(7, UNKNOWN, UNKNOWN, UNKNOWN));
    }

    @Test
    void inputThatTheEndOfAStreamTellsAnew_counts() throws Exception {
        anthropic
                .server()
                .answer(AnthropicWire.stream(
                        MODEL,
                        "hel",
                        "lo",
                        "\"input_tokens\":7,\"output_tokens\":1",
                        "\"input_tokens\":20,\"cache_read_input_tokens\":3,\"output_tokens\":9"));

        anthropic.ask(Way.BETA_STREAM);

        assertThat(only().tokens()).isEqualTo(new TokenUsage(23, 3, 9, UNKNOWN));
    }

    @Test
    void stream_lastsUntilItsLastEvent_andEndsOnce() {
        anthropic.server().answer(STREAM);
        AnthropicUse.Events events = anthropic.stream(false);
        assertThat(events.next()).isTrue();
        assertThat(woven.inFlight()).isOne();
        assertThat(woven.askedRemotely()).isEmpty();

        while (events.next()) {
            // the rest
        }
        events.close();
        events.close();

        AskedRemotely asked = only();
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.streamed()).isTrue();
    }

    @Test
    void streamClosedEarly_isCancelled_andTellsWhatWasKnownByThen() {
        anthropic.server().answer(STREAM);
        AnthropicUse.Events events = anthropic.stream(true);
        events.next();
        events.next();
        events.close();

        AskedRemotely asked = only();
        assertThat(asked.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(31, 11, UNKNOWN, UNKNOWN));
    }

    @Test
    void streamLeftAfterItsEndEvent_isComplete() {
        anthropic.server().answer(STREAM);
        AnthropicUse.Events events = anthropic.stream(false);
        for (int i = 0; i < 7; i++) {
            events.next();
        }
        events.close();

        AskedRemotely asked = only();
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.tokens()).isEqualTo(COUNTED);
    }

    @Test
    void streamCutByTheServer_isAnError() {
        anthropic.server().answer(STREAM.cutAfter(3));
        AnthropicUse.Events events = anthropic.stream(false);

        Throwable thrown = catchThrowable(() -> {
            while (events.next()) {
                // the rest
            }
        });
        events.close();

        assertThat(thrown.getClass().getName()).isEqualTo("com.anthropic.errors.AnthropicIoException");
        AskedRemotely asked = only();
        assertThat(asked.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(31, 11, UNKNOWN, UNKNOWN));
    }

    @Test
    void streamNeverRead_isGivenUpWhenItIsTooOld() {
        anthropic.server().answer(STREAM);
        AnthropicUse.Events events = anthropic.stream(false);
        woven.calls.limitDuration(Duration.ZERO);
        woven.calls.forgetDeadThreads();
        woven.calls.limitDuration(Duration.ofMinutes(10));

        assertThat(only().outcome()).isEqualTo(Outcome.ABANDONED);
        events.close();
        assertThat(woven.askedRemotely()).isEmpty();
    }

    @Test
    void subscription_closedUnread_isCancelled_andOneThatIsReadEnds() throws Exception {
        anthropic.server().answer(STREAM);
        anthropic.subscribe(true).end().get();
        assertThat(only().outcome()).isEqualTo(Outcome.OK);

        CountDownLatch opened = new CountDownLatch(1);
        anthropic.server().answer(STREAM.heldBy(opened));
        AnthropicUse.Subscription closed = anthropic.subscribe(false);
        closed.close();
        closed.end().get();
        opened.countDown();

        assertThat(only().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void futureThatTheApplicationCancels_isCancelled() {
        CountDownLatch opened = new CountDownLatch(1);
        anthropic.server().answer(MESSAGE.heldBy(opened));
        CompletableFuture<?> message = anthropic.later();

        assertThat(message.cancel(true)).isTrue();
        opened.countDown();

        assertThat(message).isCancelled();
        assertThat(only().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void rawResponse_readByTheApplicationItself_isACallWithoutTokens() {
        anthropic.server().answer(MESSAGE);

        assertThat(anthropic.body()).contains("\"text\":\"hello\"");

        AskedRemotely asked = only();
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
    }

    @Test
    void rawResponse_closedUnread_isCancelled() {
        anthropic.server().answer(MESSAGE);
        anthropic.closedUnread();

        assertThat(only().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void rawResponse_isAsItIsWithoutTheAgent() {
        anthropic.server().answer(MESSAGE.withHeader("request-id", "req_1"));
        assertThat(anthropic.aboutRawResponse()).isEqualTo("200 Optional[req_1] [application/json] hello");
        assertThat(anthropic.sameWhenParsedAgain(false)).isTrue();
        anthropic.server().answer(STREAM);
        assertThat(anthropic.sameWhenParsedAgain(true)).isTrue();

        assertThat(ended(woven, 3))
                .extracting(AskedRemotely::outcome)
                .containsExactly(Outcome.OK, Outcome.OK, Outcome.CANCELLED);
    }

    @Test
    void callInsideACallOfAnotherLibrary_isPartOfThat() throws Exception {
        anthropic.server().answer(MESSAGE);
        InferenceCall outer = woven.calls.start("framework", woven.calls.key(ModelKey.remote("outer", "chat")), 1);
        anthropic.ask(Way.MESSAGE);
        woven.calls.finish(outer, Outcome.OK);

        AskedRemotely asked = only();
        assertThat(asked.key().model()).isEqualTo("outer");
        assertThat(asked.requests()).isOne();
        assertThat(asked.tokens()).isEqualTo(COUNTED);
    }
}
