package io.inferwatt.agent.instrumentation.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferwatt.agent.instrumentation.bedrock.BedrockUse.Reading;
import io.inferwatt.agent.instrumentation.bedrock.BedrockUse.Streamed;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.testservers.BedrockWire;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BedrockStreamsTest {

    private static final String MODEL = BedrockScenario.MODEL;
    private static final long UNKNOWN = TokenUsage.UNKNOWN;
    private static final Reply CONVERSATION =
            BedrockWire.converseStream(BedrockWire.usage(100, 20, 1070, 900, 50), "Hel", "lo");

    /** One may mention the name that the counts have, and have counts of its own. */
    private static final Reply INVOCATION = BedrockWire.invokeStream(
            "{\"type\":\"message_start\",\"message\":{\"usage\":{\"inputTokenCount\":1}}}",
            "{\"delta\":{\"text\":\"\\\"amazon-bedrock-invocationMetrics\\\":{\\\"inputTokenCount\\\":5}\"}}",
            "{\"type\":\"message_stop\"," + BedrockWire.metrics(12, 34, 300, 40) + "}");

    private WovenLibrary woven;

    private BedrockUse open() throws Exception {
        return open(List.of(new BedrockModule()));
    }

    private BedrockUse open(List<BedrockModule> modules) throws Exception {
        woven = new WovenLibrary(
                List.copyOf(modules),
                List.of("software.amazon.awssdk.", BedrockScenario.class.getName()),
                getClass().getClassLoader());
        Thread.currentThread().setContextClassLoader(woven.loader);
        return (BedrockUse) woven.loader
                .loadClass(BedrockScenario.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }

    private AskedRemotely ended() {
        AskedRemotely asked = BedrockAnswers.await(woven);
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.errors.total()).isZero();
        return asked;
    }

    @Test
    void conversation_readToItsEnd_isOneCallWithTokens() throws Exception {
        try (BedrockUse bedrock = open()) {
            bedrock.server().answer(CONVERSATION);
            bedrock.converseStream(MODEL, Reading.ALL).future().join();

            AskedRemotely asked = ended();
            assertThat(asked.outcome()).isEqualTo(Outcome.OK);
            assertThat(asked.tokens()).isEqualTo(new TokenUsage(1050, 900, 20, UNKNOWN));
            assertThat(asked.streamed()).isTrue();
            assertThat(asked.requests()).isOne();
            assertThat(asked.key().operation()).isEqualTo("chat");
            assertThat(asked.target().region()).isEqualTo("eu-west-1");
        }
    }

    @Test
    void invocation_readToItsEnd_isToldByItsLastPiece() throws Exception {
        try (BedrockUse bedrock = open()) {
            bedrock.server().answer(INVOCATION);
            bedrock.invokeStream(MODEL, "{\"messages\":[]}", Reading.ALL)
                    .future()
                    .join();

            AskedRemotely asked = ended();
            assertThat(asked.outcome()).isEqualTo(Outcome.OK);
            assertThat(asked.tokens()).isEqualTo(new TokenUsage(352, 300, 34, UNKNOWN));
            assertThat(asked.streamed()).isTrue();
        }
    }

    @Test
    void stream_goesOnWhileItsLastPieceIsAwaited() throws Exception {
        try (BedrockUse bedrock = open()) {
            CountDownLatch gate = new CountDownLatch(1);
            bedrock.server().answer(CONVERSATION.heldBy(gate));
            Streamed streamed = bedrock.converseStream(MODEL, Reading.ALL);
            assertThat(woven.inFlight()).isOne();
            assertThat(streamed.future()).isNotDone();
            gate.countDown();
            streamed.future().join();

            assertThat(ended().outcome()).isEqualTo(Outcome.OK);
        }
    }

    @Test
    void stream_withoutUsage_isCountedWithoutTokens() throws Exception {
        try (BedrockUse bedrock = open()) {
            bedrock.server().answer(BedrockWire.converseStream("", "Hel", "lo"));
            bedrock.converseStream(MODEL, Reading.ALL).future().join();

            AskedRemotely asked = ended();
            assertThat(asked.outcome()).isEqualTo(Outcome.OK);
            assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
        }
    }

    @Test
    void stream_whoseReaderGoesAway_isCancelled_unlessItMissedNothing() throws Exception {
        try (BedrockUse bedrock = open()) {
            bedrock.server().answer(CONVERSATION);
            bedrock.converseStream(MODEL, Reading.ONE).future().join();
            AskedRemotely early = ended();
            assertThat(early.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(early.tokens()).isEqualTo(TokenUsage.NONE);

            bedrock.converseStream(MODEL, Reading.UNTIL_USAGE).future().join();
            AskedRemotely late = ended();
            assertThat(late.outcome()).isEqualTo(Outcome.OK);
            assertThat(late.tokens().output()).isEqualTo(20);
        }
    }

    @Test
    void stream_whoseFutureIsCancelled_isCancelled() throws Exception {
        try (BedrockUse bedrock = open()) {
            CountDownLatch gate = new CountDownLatch(1);
            bedrock.server().answer(CONVERSATION.heldBy(gate));
            assertThat(bedrock.converseStream(MODEL, Reading.ALL).future().cancel(true))
                    .isTrue();

            assertThat(ended().outcome()).isEqualTo(Outcome.CANCELLED);
            gate.countDown();
        }
    }

    @Test
    void stream_thatTheServerBreaksOff_isAnError() throws Exception {
        try (BedrockUse bedrock = open()) {
            bedrock.server().answer(CONVERSATION.cutAfter(2));
            assertThat(catchThrowable(bedrock.converseStream(MODEL, Reading.ALL).future()::join))
                    .isNotNull();
            assertThat(ended().outcome()).isEqualTo(Outcome.ERROR);

            bedrock.server().answer(BedrockWire.failingAfter(CONVERSATION, 2, "modelStreamErrorException", "broken"));
            assertThat(catchThrowable(bedrock.converseStream(MODEL, Reading.ALL).future()::join))
                    .hasMessageContaining("broken");
            assertThat(ended().outcome()).isEqualTo(Outcome.ERROR);

            bedrock.server().answer(BedrockWire.error(400, "ValidationException", "no such thing"));
            assertThat(catchThrowable(
                            bedrock.invokeStream(MODEL, "{}", Reading.ALL).future()::join))
                    .hasMessageContaining("no such thing");
            assertThat(ended().outcome()).isEqualTo(Outcome.ERROR);
        }
    }

    @Test
    void stream_thatIsRetriedByTheClient_isOneRequest() throws Exception {
        try (BedrockUse bedrock = open()) {
            bedrock.server().answer(BedrockWire.error(429, "ThrottlingException", "slow down"), CONVERSATION);
            bedrock.converseStream(MODEL, Reading.ALL).future().join();

            assertThat(bedrock.server().requests()).hasSize(2);
            assertThat(ended().outcome()).isEqualTo(Outcome.OK);
        }
    }

    @Test
    void stream_thatIsNeverRead_isGivenUp() throws Exception {
        try (BedrockUse bedrock = open()) {
            bedrock.server().answer(CONVERSATION);
            bedrock.converseStream(MODEL, Reading.NOTHING);
            assertThat(woven.inFlight()).isOne();
            woven.calls.limitDuration(Duration.ZERO);
            woven.calls.forgetDeadThreads();

            assertThat(ended().outcome()).isEqualTo(Outcome.ABANDONED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Reading.class,
            names = {"ALL", "ONE", "FAILING"})
    void application_hearsTheSameAsWithoutTheAgent(Reading reading) throws Exception {
        List<String> conversation = null;
        List<String> invocation = null;
        for (List<BedrockModule> modules : List.of(List.<BedrockModule>of(), List.of(new BedrockModule()))) {
            try (BedrockUse bedrock = open(modules)) {
                bedrock.server().answer(CONVERSATION);
                Streamed talked = bedrock.converseStream(MODEL, reading);
                List<String> heardNow = heard(talked);
                bedrock.server().answer(INVOCATION);
                List<String> invokedNow = heard(bedrock.invokeStream(MODEL, "{}", reading));
                if (conversation == null) {
                    conversation = heardNow;
                    invocation = invokedNow;
                    assertThat(conversation).contains("response");
                } else {
                    assertThat(heardNow).isEqualTo(conversation);
                    assertThat(invokedNow).isEqualTo(invocation);
                }
            }
        }
    }

    private static List<String> heard(Streamed streamed) {
        Throwable error = catchThrowable(streamed.future()::join);
        List<String> heard = new ArrayList<>(List.copyOf(streamed.heard()));
        heard.add(error == null ? "done" : error.getClass().getName());
        return heard;
    }

    /** Bedrock takes it over HTTP/2 only, which the server here does not speak: what it refuses is counted as well. */
    @Test
    void stream_bothWays_isCountedAsWorkOfAnotherKind() throws Exception {
        try (BedrockUse bedrock = open()) {
            bedrock.server().answer(BedrockWire.error(400, "ValidationException", "no such thing"));
            assertThat(catchThrowable(bedrock.speak("amazon.nova-sonic-v1:0")::join))
                    .isNotNull();

            AskedRemotely asked = ended();
            assertThat(asked.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(asked.key().model()).isEqualTo("amazon.nova-sonic-v1:0");
            assertThat(asked.target().work()).isEqualTo(Work.OTHER);
        }
    }

    @Test
    void stream_withoutAHandler_isTheApplicationsError() throws Exception {
        Throwable without;
        try (BedrockUse bedrock = open(List.of())) {
            without = catchThrowable(bedrock::converseStreamWithoutHandler);
        }
        try (BedrockUse bedrock = open()) {
            Throwable with = catchThrowable(bedrock::converseStreamWithoutHandler);

            assertThat(String.valueOf(with)).isEqualTo(String.valueOf(without));
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();
        }
    }
}
