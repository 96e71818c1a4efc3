package io.inferwatt.agent.instrumentation.googlegenai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferwatt.agent.instrumentation.googlegenai.GoogleGenAiUse.Way;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.testservers.GeminiWire;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's real client against a server on loopback, woven and not. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoogleGenAiCallsTest {

    private static final ClassLoader AGENT = GoogleGenAiCallsTest.class.getClassLoader();
    private static final List<String> APPLICATION = List.of("com.google.genai.", GoogleGenAiScenario.class.getName());
    private static final long UNKNOWN = TokenUsage.UNKNOWN;
    private static final String MODEL = GoogleGenAiUse.MODEL;
    private static final String ANSWERS = "gemini-test-1-002";

    /** By hand: 20 of the prompt, 6 of them from a cache, and 3 of tools are 23 read; 10 and 4 thoughts are 14 written. */
    private static final String USAGE = "\"promptTokenCount\":20,\"cachedContentTokenCount\":6,"
            + "\"toolUsePromptTokenCount\":3,\"candidatesTokenCount\":10,\"thoughtsTokenCount\":4,\"totalTokenCount\":37";

    private static final TokenUsage COUNTED = new TokenUsage(23, 6, 14, 4);

    private static final Reply ANSWER = GeminiWire.answer(ANSWERS, "hello", USAGE);
    private static final Reply STREAM = GeminiWire.stream(
            ANSWERS, "hel", "lo", "\"promptTokenCount\":20,\"candidatesTokenCount\":2,\"totalTokenCount\":22", USAGE);

    /** Loading the library costs seconds, so once for all; the woven one last, since the last one has the dispatcher. */
    private final GoogleGenAiUse plain = open(new WovenLibrary(List.of(), APPLICATION, AGENT));

    private final WovenLibrary woven = new WovenLibrary(List.of(new GoogleGenAiModule()), APPLICATION, AGENT);
    private final GoogleGenAiUse google = open(woven);

    GoogleGenAiCallsTest() throws Exception {}

    private static GoogleGenAiUse open(WovenLibrary library) throws Exception {
        return (GoogleGenAiUse) library.loader
                .loadClass(GoogleGenAiScenario.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }

    @AfterAll
    void close() throws Exception {
        plain.close();
        google.close();
    }

    @AfterEach
    void nothingIsLeftInFlight() {
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.errors.total()).isZero();
    }

    private AskedRemotely only() {
        return ended(1).get(0);
    }

    /** Who waits for a future may go on before those who watch it have been told. */
    private List<AskedRemotely> ended(int count) {
        List<AskedRemotely> ended = new ArrayList<>(woven.askedRemotely());
        while (ended.size() < count) {
            Thread.onSpinWait();
            ended.addAll(woven.askedRemotely());
        }
        assertThat(ended).hasSize(count);
        return ended;
    }

    private RemoteTarget target(String region, String model, Work work, String imageSize) {
        return new RemoteTarget(
                "google-genai", "", "127.0.0.1:" + google.server().port(), region, model, work, imageSize);
    }

    @ParameterizedTest
    @EnumSource
    void everyWay_isOneCall_withAllTokens_andTheAnswerIsWhatItIsWithoutTheAgent(Way way) throws Exception {
        Reply reply = way.streams() ? STREAM : ANSWER;
        plain.server().answer(reply);
        google.server().answer(reply);

        assertThat(google.ask(way)).isEqualTo(plain.ask(way)).isEqualTo("hello");

        String region = way == Way.VERTEX ? "europe-west4" : "";
        assertThat(only())
                .isEqualTo(new AskedRemotely(
                        ModelKey.remote(MODEL, "chat"),
                        Outcome.OK,
                        target(region, ANSWERS, Work.TEXT, ""),
                        1,
                        1,
                        COUNTED,
                        way.streams()));
    }

    @ParameterizedTest
    @EnumSource
    void failure_isOneError_andTheApplicationsOwn(Way way) {
        plain.server().answer(GeminiWire.error(400, "INVALID_ARGUMENT"));
        google.server().answer(GeminiWire.error(400, "INVALID_ARGUMENT"));

        Throwable thrown = catchThrowable(() -> google.ask(way));

        assertThat(thrown).hasToString(catchThrowable(() -> plain.ask(way)).toString());
        assertThat(thrown.toString()).contains("com.google.genai.errors.ClientException");
        AskedRemotely asked = only();
        assertThat(asked.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"GENERATE", "GENERATE_LATER", "STREAM"})
    void retryInsideTheClient_isPartOfTheCall(Way way) throws Exception {
        int before = google.server().requests().size();
        google.server().answer(GeminiWire.error(429, "RESOURCE_EXHAUSTED"), way.streams() ? STREAM : ANSWER);

        google.ask(way);

        AskedRemotely asked = only();
        assertThat(google.server().requests()).hasSize(before + 2);
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.requests()).isOne();
        assertThat(asked.tokens()).isEqualTo(COUNTED);
    }

    @Test
    void serverThatFailsForGood_isOneError() {
        google.server().answer(GeminiWire.error(500, "INTERNAL"));

        assertThat(catchThrowable(() -> google.ask(Way.GENERATE))).isNotNull();

        assertThat(only().outcome()).isEqualTo(Outcome.ERROR);
    }

    /** By hand: 7 and 19 read are 26, 5 and 11 written are 16. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void functionThatTheModelCalls_costsTwoRequests_whoseTokensAddUpInOneCall(boolean later) throws Exception {
        google.server()
                .answer(
                        GeminiWire.functionCall(
                                ANSWERS, "weather", "\"promptTokenCount\":7,\"candidatesTokenCount\":5"),
                        GeminiWire.answer(
                                ANSWERS, "take an umbrella", "\"promptTokenCount\":19,\"candidatesTokenCount\":11"));
        int before = google.server().requests().size();

        assertThat(google.askWithFunction(later)).isEqualTo("take an umbrella");

        assertThat(google.server().requests()).hasSize(before + 2);
        AskedRemotely asked = only();
        assertThat(asked.requests()).isOne();
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(26, UNKNOWN, 16, UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void roundThatTellsNoTokens_makesTheSumUnknown(boolean later) throws Exception {
        google.server()
                .answer(
                        GeminiWire.functionCall(ANSWERS, "weather", null),
                        GeminiWire.answer(
                                ANSWERS, "take an umbrella", "\"promptTokenCount\":19,\"candidatesTokenCount\":11"));

        google.askWithFunction(later);

        assertThat(only().tokens()).isEqualTo(TokenUsage.NONE);
    }

    @Test
    void answerWithoutUsage_hasNoTokens() throws Exception {
        google.server().answer(GeminiWire.answer(ANSWERS, "hello", null));
        google.ask(Way.GENERATE);
        google.server().answer(GeminiWire.stream(ANSWERS, "hel", "lo", null, null));
        google.ask(Way.STREAM);

        assertThat(ended(2)).allSatisfy(asked -> {
            assertThat(asked.outcome()).isEqualTo(Outcome.OK);
            assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'\"promptTokenCount\":9,\"totalTokenCount\":9', 9, 0, -1",
        "'\"promptTokenCount\":9', 9, -1, -1",
        "'\"promptTokenCount\":9,\"thoughtsTokenCount\":8,\"totalTokenCount\":17', 9, 8, 8"
    })
    void countsThatAreLeftOut_areZeroOnlyWhereTheTotalSaysSo(String usage, long input, long output, long reasoning)
            throws Exception {
        google.server().answer(GeminiWire.answer(ANSWERS, "", usage));
        google.ask(Way.GENERATE);

        assertThat(only().tokens()).isEqualTo(new TokenUsage(input, UNKNOWN, output, reasoning));
    }

    @Test
    void stream_lastsUntilItsEnd_andEndsOnce() {
        google.server().answer(STREAM);
        GoogleGenAiUse.Chunks chunks = google.stream();
        assertThat(chunks.next()).isTrue();
        assertThat(woven.inFlight()).isOne();
        assertThat(woven.askedRemotely()).isEmpty();

        assertThat(chunks.next()).isTrue();
        assertThat(chunks.next()).isFalse();
        assertThat(chunks.next()).isFalse();
        chunks.close();
        chunks.close();

        AskedRemotely asked = only();
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.streamed()).isTrue();
    }

    @Test
    void streamClosedEarly_isCancelled_andTellsTheTokensByThen() {
        google.server().answer(STREAM);
        GoogleGenAiUse.Chunks chunks = google.stream();
        chunks.next();
        chunks.close();

        AskedRemotely asked = only();
        assertThat(asked.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(20, UNKNOWN, 2, UNKNOWN));
    }

    @Test
    void streamLeftAfterItsLastChunk_isComplete() {
        google.server().answer(STREAM);
        GoogleGenAiUse.Chunks chunks = google.stream();
        chunks.next();
        chunks.next();
        chunks.close();

        AskedRemotely asked = only();
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.tokens()).isEqualTo(COUNTED);
    }

    @Test
    void streamCutByTheServer_isAnError() {
        google.server().answer(STREAM.cutAfter(1));
        GoogleGenAiUse.Chunks chunks = google.stream();

        Throwable thrown = catchThrowable(() -> {
            while (chunks.next()) {
                // the rest
            }
        });
        chunks.close();

        assertThat(thrown.getClass().getName()).isEqualTo("com.google.genai.errors.GenAiIOException");
        assertThat(only().outcome()).isEqualTo(Outcome.ERROR);
    }

    @Test
    void streamNeverRead_isGivenUpWhenItIsTooOld() {
        google.server().answer(STREAM);
        GoogleGenAiUse.Chunks chunks = google.stream();
        woven.calls.limitDuration(Duration.ZERO);
        woven.calls.forgetDeadThreads();
        woven.calls.limitDuration(Duration.ofMinutes(10));

        assertThat(only().outcome()).isEqualTo(Outcome.ABANDONED);
        chunks.close();
        assertThat(woven.askedRemotely()).isEmpty();
    }

    @Test
    void futureThatTheApplicationCancels_isCancelled() {
        CountDownLatch opened = new CountDownLatch(1);
        google.server().answer(ANSWER.heldBy(opened));
        CompletableFuture<?> answer = google.later();

        boolean cancelled = answer.cancel(true);
        opened.countDown();

        assertThat(cancelled).isTrue();
        assertThat(answer).isCancelled();
        assertThat(only().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @ParameterizedTest
    @CsvSource({"false, false, 3", "false, true, 3", "true, false, 3", "true, true, 3", "true, false, 1"})
    void embeddings_areCountedByInputs_andTheirTokensWhereTold(boolean vertex, boolean later, int inputs)
            throws Exception {
        google.server().answer(vertex ? GeminiWire.vertexEmbeddings(inputs, 4) : GeminiWire.embeddings(inputs));

        assertThat(google.embed(vertex, later, inputs)).isEqualTo(inputs);

        TokenUsage told = vertex ? new TokenUsage(4L * inputs, UNKNOWN, UNKNOWN, UNKNOWN) : TokenUsage.NONE;
        assertThat(only())
                .isEqualTo(new AskedRemotely(
                        ModelKey.remote(GoogleGenAiUse.EMBEDDING_MODEL, "embeddings"),
                        Outcome.OK,
                        target(vertex ? "europe-west4" : "", GoogleGenAiUse.EMBEDDING_MODEL, Work.EMBEDDING, ""),
                        1,
                        inputs,
                        told,
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        "false, 2, 1K, , IMAGE, 2, 1024x1024",
        "true, 1, 2K, 16:9, IMAGE, 1, 2816x1536",
        "false, , 1K, 3:4, IMAGE, 4, 896x1280",
        "false, 2, , , OTHER, 2, ''",
        "true, 3, 8K, 1:1, OTHER, 3, ''"
    })
    void images_areCountedAsAskedFor_andHaveTheirSize(
            boolean later, Integer count, String size, String ratio, Work work, int units, String told)
            throws Exception {
        google.server().answer(GeminiWire.images(units));

        assertThat(google.images(later, count, size, ratio)).isEqualTo(units);

        assertThat(only())
                .isEqualTo(new AskedRemotely(
                        ModelKey.remote("imagen-test-1", "image_generation"),
                        Outcome.OK,
                        target("europe-west4", "imagen-test-1", work, told),
                        1,
                        units,
                        TokenUsage.NONE,
                        false));
    }

    @Test
    void embeddingsAndImagesThatFail_areErrors() {
        google.server().answer(GeminiWire.error(400, "INVALID_ARGUMENT"));
        for (boolean later : new boolean[] {false, true}) {
            assertThat(catchThrowable(() -> google.embed(false, later, 2))).isNotNull();
            assertThat(catchThrowable(() -> google.images(later, 1, "1K", null)))
                    .isNotNull();
        }

        assertThat(ended(4)).extracting(AskedRemotely::outcome).containsOnly(Outcome.ERROR);
    }

    @Test
    void callInsideACallOfAnotherLibrary_isPartOfThat() throws Exception {
        google.server().answer(ANSWER);
        InferenceCall outer = woven.calls.start("framework", woven.calls.key(ModelKey.remote("outer", "chat")), 1);
        google.ask(Way.GENERATE);
        woven.calls.finish(outer, Outcome.OK);

        AskedRemotely asked = only();
        assertThat(asked.key().model()).isEqualTo("outer");
        assertThat(asked.requests()).isOne();
        assertThat(asked.tokens()).isEqualTo(COUNTED);
    }

    @ParameterizedTest
    @CsvSource({
        "https://generativelanguage.googleapis.com, false, '', gcp.gemini, generativelanguage.googleapis.com, ''",
        "https://europe-west4-aiplatform.googleapis.com, true, europe-west4, gcp.vertex_ai,"
                + " europe-west4-aiplatform.googleapis.com, europe-west4",
        "https://aiplatform.googleapis.com, true, global, gcp.vertex_ai, aiplatform.googleapis.com, global",
        "https://aiplatform.googleapis.com, true, '', gcp.vertex_ai, aiplatform.googleapis.com, global",
        "https://aiplatform.eu.rep.googleapis.com, true, eu, gcp.vertex_ai, aiplatform.eu.rep.googleapis.com, eu",
        "http://localhost:8080, false, '', '', localhost:8080, ''"
    })
    void server_isWhereTheClientIsSetTo(
            String address, boolean vertex, String location, String provider, String host, String region) {
        var server = GoogleGenAiServers.at(address, vertex, location);

        assertThat(server.provider()).isEqualTo(provider);
        assertThat(server.host()).isEqualTo(host);
        assertThat(server.region()).isEqualTo(region);
    }
}
