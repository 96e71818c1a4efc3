package io.inferwatt.agent.instrumentation.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

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
import io.inferwatt.core.testservers.BedrockWire;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BedrockModuleTest extends InstrumentationModuleContract {

    private static final String MODEL = BedrockScenario.MODEL;
    private static final String CLAUDE = "us.anthropic.claude-sonnet-4-20250514-v1:0";
    private static final long UNKNOWN = TokenUsage.UNKNOWN;

    @Override
    protected InstrumentationModule module() {
        return new BedrockModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return BedrockScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "Amazon Bedrock",
                "software.amazon.awssdk:bedrockruntime",
                "2.54.14",
                List.of("2.30.0", "2.57.8"),
                "`converse` and `invokeModel` of both clients, `converseStream` and `invokeModelWithResponseStream` until their future"
                        + " is done or their reader cancels; `invokeModelWithBidirectionalStream` is counted without its tokens; not what"
                        + " `startAsyncInvoke` leaves to be done later",
                "`modelId` of the request, without what stands before it in an ARN; what a prompt router has chosen is told as the model"
                        + " that answers",
                "of `invokeModel` the inputs of an embedding or the images asked for",
                "of `usage`, and with `invokeModel` of the headers `x-amzn-bedrock-..-token-count` or the last piece's"
                        + " `amazon-bedrock-invocationMetrics`; read from and written to a cache counts as input",
                "–",
                "a server that speaks its protocol");
    }

    @Override
    protected List<String> packages() {
        return List.of("software.amazon.awssdk.");
    }

    private BedrockUse open(WovenLibrary woven) throws Exception {
        return (BedrockUse) start(woven);
    }

    private static RemoteTarget target(BedrockUse bedrock, String model, Work work, String imageSize) {
        String host = bedrock.server().address().substring("http://".length());
        return new RemoteTarget("aws-bedrock", "aws.bedrock", host, "eu-west-1", model, work, imageSize);
    }

    private static void assertNothingLeft(WovenLibrary woven) {
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.errors.total()).isZero();
    }

    @Test
    void conversation_isToldWithServerRegionAndTokens() throws Exception {
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            String answer = bedrock.converse(CLAUDE);

            assertThat(answer).contains("TokenUsage");
            assertThat(woven.askedRemotely())
                    .containsExactly(new AskedRemotely(
                            new ModelKey(CLAUDE, "chat", true),
                            Outcome.OK,
                            target(bedrock, CLAUDE, Work.TEXT, ""),
                            1,
                            1,
                            new TokenUsage(11, UNKNOWN, 22, UNKNOWN),
                            false));
            assertNothingLeft(woven);
        }
    }

    @Test
    void address_ofARegion_isKnownWithoutAnOverride() throws Exception {
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            assertThatThrownBy(() -> bedrock.converseAtRealAddress("ap-northeast-2"))
                    .hasStackTraceContaining("no network");

            AskedRemotely asked = woven.askedRemotely().get(0);
            assertThat(asked.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(asked.target().host()).isEqualTo("bedrock-runtime.ap-northeast-2.amazonaws.com");
            assertThat(asked.target().region()).isEqualTo("ap-northeast-2");
            assertThat(asked.target().provider()).isEqualTo("aws.bedrock");
            assertNothingLeft(woven);
        }
    }

    @Test
    void model_namedByAnArn_isBookedUnderItsLastPart() throws Exception {
        String arn = "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0";
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            bedrock.converse(arn);

            AskedRemotely asked = woven.askedRemotely().get(0);
            assertThat(asked.key().model()).isEqualTo("eu.amazon.nova-lite-v1:0");
            assertThat(asked.target().model()).isEqualTo(arn);
        }
    }

    @Test
    void model_thatARouterHasChosen_isTheOneThatAnswers() throws Exception {
        String router = "arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1";
        String chosen =
                "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-3-haiku-20240307-v1:0";
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            bedrock.server().answer(BedrockWire.routed("Hello", BedrockWire.usage(11, 22, 33), chosen));
            bedrock.converse(router);

            AskedRemotely asked = woven.askedRemotely().get(0);
            assertThat(asked.key().model()).isEqualTo("anthropic.claude:1");
            assertThat(asked.target().model()).isEqualTo(chosen);

            bedrock.server().answer(BedrockWire.routedStream(BedrockWire.usage(11, 22, 33), chosen, "Hel", "lo"));
            bedrock.converseStream(router, BedrockUse.Reading.ALL).future().join();
            assertThat(BedrockAnswers.await(woven).target().model()).isEqualTo(chosen);
            assertNothingLeft(woven);
        }
    }

    /** 100 tokens came new, 900 from the cache, 50 went into it: 1,050 were read; unless the total says that 100 is all. */
    @Test
    void input_countsWhatCameFromACacheAndWentIntoIt() throws Exception {
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            bedrock.server()
                    .answer(
                            BedrockWire.converse("a", BedrockWire.usage(100, 20, 1070, 900, 50)),
                            BedrockWire.converse("b", BedrockWire.usage(1050, 20, 1070, 900, 50)),
                            // Cannot be in the input, whatever the total says.
                            BedrockWire.converse("c", BedrockWire.usage(100, 20, 120, 900, 50)),
                            BedrockWire.converse("d", BedrockWire.usage(100, 20, 120, 0, 0)));
            for (int i = 0; i < 4; i++) {
                bedrock.converse(MODEL);
            }

            assertThat(woven.askedRemotely())
                    .extracting(AskedRemotely::tokens)
                    .containsExactly(
                            new TokenUsage(1050, 900, 20, UNKNOWN),
                            new TokenUsage(1050, 900, 20, UNKNOWN),
                            new TokenUsage(1050, 900, 20, UNKNOWN),
                            new TokenUsage(100, 0, 20, UNKNOWN));
        }
    }

    @Test
    void answer_withoutUsage_isCountedWithoutTokens() throws Exception {
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            bedrock.server().answer(BedrockWire.converse("Hello", "null"), Reply.json("{}"));
            bedrock.converse(MODEL);
            bedrock.invoke(MODEL, "{}");

            assertThat(woven.askedRemotely())
                    .extracting(AskedRemotely::outcome, AskedRemotely::tokens)
                    .containsExactly(tuple(Outcome.OK, TokenUsage.NONE), tuple(Outcome.OK, TokenUsage.NONE));
            assertNothingLeft(woven);
        }
    }

    @Test
    void invocation_isToldByItsHeaders() throws Exception {
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            bedrock.server()
                    .answer(
                            BedrockWire.invoked("{\"content\":[]}", 7, 9),
                            BedrockWire.invoked("{\"content\":[]}", 7, 9, 300, 40),
                            Reply.json("{}").withHeader("X-Amzn-Bedrock-Input-Token-Count", "many"));
            assertThat(bedrock.invoke(MODEL, "{\"messages\":[]}")).isEqualTo("{\"content\":[]}");
            bedrock.invoke(MODEL, "{\"messages\":[]}");
            bedrock.invoke(MODEL, "{\"messages\":[]}");

            assertThat(woven.askedRemotely())
                    .extracting(AskedRemotely::tokens)
                    .containsExactly(
                            new TokenUsage(7, UNKNOWN, 9, UNKNOWN),
                            new TokenUsage(347, 300, 9, UNKNOWN),
                            TokenUsage.NONE);
            assertNothingLeft(woven);
        }
    }

    @Test
    void invocation_forVectorsAndImages_isToldWithTheirNumber() throws Exception {
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            bedrock.server().answer(Reply.json("{}"));
            bedrock.invoke("cohere.embed-english-v3", "{\"texts\":[\"a\",\"b\",\"c\"]}");
            bedrock.invoke(
                    "amazon.nova-canvas-v1:0",
                    "{\"imageGenerationConfig\":{\"numberOfImages\":2,\"width\":1280,\"height\":720}}");

            List<AskedRemotely> asked = woven.askedRemotely();
            assertThat(asked).extracting(AskedRemotely::units).containsExactly(3L, 2L);
            assertThat(asked)
                    .extracting(call -> call.key().operation())
                    .containsExactly("embeddings", "image_generation");
            assertThat(asked)
                    .extracting(AskedRemotely::target)
                    .containsExactly(
                            target(bedrock, "cohere.embed-english-v3", Work.EMBEDDING, ""),
                            target(bedrock, "amazon.nova-canvas-v1:0", Work.IMAGE, "1280x720"));
        }
    }

    @Test
    void call_thatIsRetriedByTheClient_isOneRequest() throws Exception {
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            bedrock.server()
                    .answer(
                            BedrockWire.error(429, "ThrottlingException", "slow down"),
                            BedrockWire.converse("Hello", BedrockWire.usage(1, 2, 3)));
            bedrock.converse(MODEL);

            assertThat(bedrock.server().requests()).hasSize(2);
            assertThat(woven.askedRemotely()).extracting(AskedRemotely::outcome).containsExactly(Outcome.OK);

            bedrock.server().answer(BedrockWire.error(500, "InternalServerException", "broken"));
            assertThatThrownBy(() -> bedrock.converse(MODEL)).hasMessageContaining("broken");
            assertThat(woven.askedRemotely())
                    .extracting(AskedRemotely::outcome, AskedRemotely::requests)
                    .containsExactly(tuple(Outcome.ERROR, 1L));
            assertNothingLeft(woven);
        }
    }

    @Test
    void call_ofAThreadThatIsInterrupted_isCancelled() throws Exception {
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            Thread.currentThread().interrupt();
            Throwable thrown = catchThrowable(() -> bedrock.converse(MODEL));
            boolean interrupted = Thread.interrupted();

            assertThat(thrown.getClass().getSimpleName()).isEqualTo("AbortedException");
            assertThat(interrupted).isTrue();
            assertThat(woven.askedRemotely()).extracting(AskedRemotely::outcome).containsExactly(Outcome.CANCELLED);
            assertNothingLeft(woven);
        }
    }

    @Test
    void future_goesOnUntilItsAnswer_andStaysTheLibrarysOwn() throws Exception {
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            CountDownLatch gate = new CountDownLatch(1);
            bedrock.server()
                    .answer(BedrockWire.converse("Hello", BedrockWire.usage(11, 22, 33))
                            .heldBy(gate));
            CompletableFuture<?> answer = bedrock.converseLater(MODEL);
            assertThat(woven.inFlight()).isOne();
            gate.countDown();

            assertThat(answer.join().toString()).contains("ConverseResponse");
            AskedRemotely asked = BedrockAnswers.await(woven);
            assertThat(asked.outcome()).isEqualTo(Outcome.OK);
            assertThat(asked.tokens()).isEqualTo(new TokenUsage(11, UNKNOWN, 22, UNKNOWN));
            assertThat(asked.target()).isEqualTo(target(bedrock, MODEL, Work.TEXT, ""));
            assertNothingLeft(woven);
        }
    }

    @Test
    void future_ofAnInvocation_isToldByHeaders() throws Exception {
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            bedrock.server().answer(BedrockWire.invoked("{}", 7, 9));
            bedrock.invokeLater("amazon.titan-embed-text-v2:0", "{\"inputText\":\"a\"}")
                    .join();

            AskedRemotely asked = BedrockAnswers.await(woven);
            assertThat(asked.key().operation()).isEqualTo("embeddings");
            assertThat(asked.tokens()).isEqualTo(new TokenUsage(7, UNKNOWN, 9, UNKNOWN));
            assertNothingLeft(woven);
        }
    }

    @Test
    void future_thatFails_orIsCancelled_endsTheCallSo() throws Exception {
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            bedrock.server().answer(BedrockWire.error(400, "ValidationException", "no such thing"));
            assertThat(catchThrowable(bedrock.converseLater(MODEL)::join)).hasMessageContaining("no such thing");
            assertThat(BedrockAnswers.await(woven).outcome()).isEqualTo(Outcome.ERROR);

            CountDownLatch gate = new CountDownLatch(1);
            bedrock.server()
                    .answer(BedrockWire.converse("Hello", BedrockWire.usage(1, 2, 3))
                            .heldBy(gate));
            CompletableFuture<?> answer = bedrock.converseLater(MODEL);
            assertThat(answer.cancel(true)).isTrue();
            assertThat(BedrockAnswers.await(woven).outcome()).isEqualTo(Outcome.CANCELLED);
            gate.countDown();
            assertNothingLeft(woven);
        }
    }

    @Test
    void call_insideACallOfAnotherLibrary_isPartOfIt() throws Exception {
        WovenLibrary woven = woven(module());
        try (BedrockUse bedrock = open(woven)) {
            InferenceCall outer = woven.calls.start("outer", woven.calls.key(ModelKey.of("outer")), 1);
            bedrock.converse(MODEL);
            woven.calls.finish(outer, Outcome.OK);

            List<AskedRemotely> asked = woven.askedRemotely();
            assertThat(asked).hasSize(1);
            assertThat(asked.get(0).key().model()).isEqualTo("outer");
            assertThat(asked.get(0).target()).isEqualTo(target(bedrock, MODEL, Work.TEXT, ""));
            assertThat(asked.get(0).tokens()).isEqualTo(new TokenUsage(11, UNKNOWN, 22, UNKNOWN));
        }
    }
}
