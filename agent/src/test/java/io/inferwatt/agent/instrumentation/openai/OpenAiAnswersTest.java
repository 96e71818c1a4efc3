package io.inferwatt.agent.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.testservers.OpenAiWire;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers tell, and requests that fail. */
class OpenAiAnswersTest extends OpenAiTest {

    private static Reply answer(String usage) {
        return Reply.json(OpenAiWire.chat("gpt-4o-mini", usage));
    }

    @Test
    void answer_withoutUsage_knowsNoTokens() throws Exception {
        openai.server().answer(answer(""));
        openai.call();

        assertThat(asked().tokens()).isEqualTo(TokenUsage.NONE);
    }

    @Test
    void usage_thatIsNoNumber_isNotKnown_andNoErrorOfOurs() throws Exception {
        openai.server().answer(answer("{\"prompt_tokens\":\"many\",\"completion_tokens\":5,\"total_tokens\":5}"));
        openai.call();

        assertThat(asked().tokens())
                .isEqualTo(new TokenUsage(TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, 5, TokenUsage.UNKNOWN));
    }

    @Test
    void requestThatIsRefusedOnce_andTriedAgain_isOneCall() throws Exception {
        openai.retry(2);
        openai.server()
                .answer(
                        Reply.json(429, OpenAiWire.error("slow down")).withHeader("Retry-After-Ms", "1"),
                        answer(OpenAiWire.usage(11, 4, 7, 3)));
        openai.call();

        AskedRemotely asked = asked();
        assertThat(openai.server().requests()).hasSize(2);
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.requests()).isOne();
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(11, 4, 7, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat sync",
                "chat async",
                "chat raw",
                "chat rawAsync",
                "chat stream sync",
                "chat stream async",
                "chat stream raw",
                "chat stream rawAsync",
                "response sync",
                "embedding async",
                "edit rawAsync",
                "speech sync"
            })
    void request_thatTheServerCannotServe_isAnErrorThatTheApplicationSees(String way) {
        openai.server().answer(Reply.json(500, OpenAiWire.error("broken")));

        assertThatThrownBy(() -> openai.ask(way)).hasMessageContaining("500").hasMessageContaining("broken");

        AskedRemotely asked = asked();
        assertThat(asked.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"response sync", "response async", "response raw"})
    void response_thatIsAnError_isOneThoughNothingIsThrown(String way) throws Exception {
        openai.server().answer(Reply.json(OpenAiWire.failedResponse("gpt-5")));

        assertThat(openai.ask(way)).contains("broken");

        assertThat(asked().outcome()).isEqualTo(Outcome.ERROR);
    }

    @ParameterizedTest
    @CsvSource({
        "response stream sync, failed, ERROR",
        "response stream sync, incomplete, OK",
        "beta stream sync, failed, ERROR",
        "beta stream async, incomplete, OK"
    })
    void responseStream_endsAsItsLastEventSays_andWithItsUsage(String way, String last, Outcome outcome)
            throws Exception {
        openai.server()
                .answer(Reply.events(
                        OpenAiWire.responseEvents("gpt-5", last, OpenAiWire.responseUsage(2000, 1500, 900, 800))));
        openai.ask(way);

        AskedRemotely asked = asked();
        assertThat(asked.outcome()).isEqualTo(outcome);
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(2000, 1500, 900, 800));
    }

    @Test
    void answerThatIsChecked_isTheSameCall() throws Exception {
        openai.validate();
        openai.server().answer(Reply.events(OpenAiWire.chatEvents("gpt-4o-mini", OpenAiWire.usage(11, 4, 7, 3))));

        assertThat(openai.stream().all()).containsExactly("Hello", " there", "", "");

        assertThat(asked().tokens()).isEqualTo(new TokenUsage(11, 4, 7, 3));
    }

    @Test
    void request_thatTakesLongerThanTheClientWaits_isAnError() {
        CountDownLatch gate = new CountDownLatch(1);
        openai.server().answer(answer(OpenAiWire.usage(11, 4, 7, 3)).heldBy(gate));
        openai.limit(Duration.ofMillis(50));

        assertThatThrownBy(openai::call).hasRootCauseInstanceOf(IOException.class);
        assertThat(asked().outcome()).isEqualTo(Outcome.ERROR);
        gate.countDown();
    }

    @Test
    void future_goesOnUntilItIsDone() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        openai.server().answer(answer(OpenAiWire.usage(11, 4, 7, 3)).heldBy(gate));
        CompletableFuture<String> answer = openai.askAsync();
        assertThat(woven.inFlight()).isOne();
        assertThat(woven.recorded()).isEmpty();

        gate.countDown();

        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(OpenAiWire.TEXT);
        assertThat(asked().outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void future_thatTheApplicationCancels_isCancelled() {
        CountDownLatch gate = new CountDownLatch(1);
        openai.server().answer(answer(OpenAiWire.usage(11, 4, 7, 3)).heldBy(gate));
        CompletableFuture<String> answer = openai.askAsync();
        answer.cancel(true);

        assertThatThrownBy(answer::join).isInstanceOf(CancellationException.class);
        assertThat(asked().outcome()).isEqualTo(Outcome.CANCELLED);
        gate.countDown();
    }

    @Test
    void futureOfARawResponse_thatTheApplicationCancels_isCancelled() {
        CountDownLatch gate = new CountDownLatch(1);
        openai.server().answer(answer(OpenAiWire.usage(11, 4, 7, 3)).heldBy(gate));
        CompletableFuture<?> answer = openai.askRawAsync();
        answer.cancel(true);

        assertThat(asked().outcome()).isEqualTo(Outcome.CANCELLED);
        gate.countDown();
    }

    @Test
    void rawResponse_parsedTwice_isOneCall_andGivesTheSameAnswer() throws Exception {
        openai.server().answer(answer(OpenAiWire.usage(11, 4, 7, 3)));

        assertThat(openai.raw("parse twice")).isEqualTo(OpenAiWire.TEXT + "true");

        assertThat(asked().tokens()).isEqualTo(new TokenUsage(11, 4, 7, 3));
    }

    @Test
    void rawResponse_whoseBodyTheApplicationReads_isCounted_andItsTokensAreNotKnown() throws Exception {
        String body = OpenAiWire.chat("gpt-4o-mini", OpenAiWire.usage(11, 4, 7, 3));
        openai.server().answer(Reply.json(body));

        assertThat(openai.raw("read the body")).isEqualTo(body);

        AskedRemotely asked = asked();
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
    }

    @Test
    void rawResponse_thatIsOnlyClosed_isCounted() throws Exception {
        openai.server().answer(answer(OpenAiWire.usage(11, 4, 7, 3)));

        assertThat(openai.raw("close")).isEqualTo("200");

        assertThat(asked().outcome()).isEqualTo(Outcome.OK);
    }

    @ParameterizedTest
    @CsvSource({"text, 1", "texts, 3", "tokens, 1", "lists, 3"})
    void embedding_countsItsTexts(String kind, long texts) {
        openai.server().answer(Reply.json(OpenAiWire.embeddings("text-embedding-3-small", 1, 3)));
        openai.embed(kind);

        assertThat(asked().units()).isEqualTo(texts);
    }

    @ParameterizedTest
    @CsvSource({
        "dall-e-3, , 1792x1024, 1, 1792x1024",
        "dall-e-2, 4, , 4, ''",
        "gpt-image-1, 1, auto, 1, ''",
    })
    void images_areCountedWithTheirSize(String model, Long count, String size, long images, String width) {
        openai.server().answer(Reply.json(OpenAiWire.images("")));
        openai.images(model, count, size);

        AskedRemotely asked = asked();
        assertThat(asked.units()).isEqualTo(images);
        assertThat(asked.target().imageSize()).isEqualTo(width);
        assertThat(asked.target().model()).isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource({
        "http://api.openai.com/v1, openai, api.openai.com, ''",
        "http://eu.api.openai.com/v1, openai, eu.api.openai.com, eu",
        "http://contoso.openai.azure.com, azure.ai.openai, contoso.openai.azure.com, ''",
        "http://contoso.services.ai.azure.com/openai/v1, azure.ai.openai, contoso.services.ai.azure.com, ''",
        "http://ollama.internal:11434/v1, '', ollama.internal:11434, ''",
    })
    void server_isReadFromTheClient(String baseUrl, String provider, String host, String region) throws Exception {
        openai.moveTo(baseUrl);
        openai.call();

        RemoteTarget target = asked().target();
        assertThat(target)
                .isEqualTo(new RemoteTarget("openai-java", provider, host, region, "gpt-4o-mini", Work.TEXT, ""));
        assertThat(openai.server().requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat sync", "chat async", "chat stream sync"})
    void client_withAnHttpClientOfTheApplication_isMeteredAsWell(String way) throws Exception {
        openai.bringHttpClient();
        openai.server()
                .answer(
                        way.contains("stream")
                                ? Reply.events(OpenAiWire.chatEvents("gpt-4o-mini", OpenAiWire.usage(11, 4, 7, 3)))
                                : answer(OpenAiWire.usage(11, 4, 7, 3)));
        openai.ask(way);

        AskedRemotely asked = asked();
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(11, 4, 7, 3));
        assertThat(asked.target().host())
                .isEqualTo("127.0.0.1:" + openai.server().port());
    }
}
