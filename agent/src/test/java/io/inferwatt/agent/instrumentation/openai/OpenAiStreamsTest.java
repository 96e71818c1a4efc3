package io.inferwatt.agent.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.testservers.OpenAiWire;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How streamed answers end. */
class OpenAiStreamsTest extends OpenAiTest {

    private static final TokenUsage USAGE = new TokenUsage(11, 4, 7, 3);

    private static Reply events() {
        return Reply.events(OpenAiWire.chatEvents("gpt-4o-mini", OpenAiWire.usage(11, 4, 7, 3)));
    }

    @Test
    void stream_goesOnUntilItsLastPiece_whoeverReadsIt() throws Exception {
        openai.server().answer(events());
        OpenAiUse.Pieces pieces = openai.stream();
        assertThat(woven.inFlight()).isOne();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        assertThat(reader.submit(pieces::next).get(60, TimeUnit.SECONDS)).isEqualTo("Hello");
        assertThat(pieces.next()).isEqualTo(" there");
        assertThat(reader.submit(pieces::next).get(60, TimeUnit.SECONDS)).isEmpty();
        assertThat(pieces.next()).as("that with the usage").isEmpty();
        assertThat(woven.recorded()).isEmpty();

        assertThat(pieces.next()).isNull();
        reader.shutdown();
        pieces.close();

        AskedRemotely asked = asked();
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.tokens()).isEqualTo(USAGE);
    }

    @Test
    void stream_isReadAsItComes() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        openai.server()
                .answer(Reply.events(OpenAiWire.chatEvents("gpt-4o-mini", "")).heldBy(gate));
        OpenAiUse.Pieces pieces = openai.stream();

        assertThat(pieces.next())
                .as("while the server still holds the end back")
                .isEqualTo("Hello");
        gate.countDown();
        assertThat(pieces.next()).isEqualTo(" there");
        assertThat(pieces.next()).isEmpty();
        assertThat(pieces.next()).isNull();
        asked();
    }

    @Test
    void stream_withoutUsage_endsWell_andKnowsNoTokens() {
        openai.server().answer(Reply.events(OpenAiWire.chatEvents("gpt-4o-mini", "")));

        assertThat(openai.stream().all()).containsExactly("Hello", " there", "");

        AskedRemotely asked = asked();
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
        assertThat(asked.streamed()).isTrue();
        assertThat(woven.calls.usageOption("openai-java")).contains("stream_options.include_usage");
    }

    @Test
    void stream_closedBeforeItsEnd_isCancelled() {
        openai.server().answer(events());
        OpenAiUse.Pieces pieces = openai.stream();
        pieces.next();
        pieces.close();
        pieces.close();

        AskedRemotely asked = asked();
        assertThat(asked.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
    }

    @Test
    void stream_closedUnread_isCancelled() {
        openai.server().answer(events());
        openai.stream().close();

        AskedRemotely asked = asked();
        assertThat(asked.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(asked.streamed()).isFalse();
    }

    @Test
    void stream_ofWhichOnlyTheStreamOfJavaIsClosed_isCancelled() {
        openai.server().answer(events());
        OpenAiUse.Pieces pieces = openai.stream();
        pieces.next();
        pieces.closeStream();

        assertThat(asked().outcome()).isEqualTo(Outcome.CANCELLED);
        pieces.close();
    }

    @Test
    void stream_whoseReaderFails_isCancelled_andItsFailureTheApplications() {
        openai.server().answer(events());
        OpenAiUse.Pieces pieces = openai.stream();

        assertThatThrownBy(() -> pieces.each(piece -> {
                    throw new IllegalStateException("the application's");
                }))
                .hasMessage("the application's");
        assertThat(asked().outcome()).isEqualTo(Outcome.CANCELLED);
        pieces.close();
    }

    @Test
    void stream_cutByTheServer_isAnErrorOfBoth() {
        openai.server().answer(events().cutAfter(2));
        OpenAiUse.Pieces pieces = openai.stream();
        assertThat(pieces.next()).isEqualTo("Hello");
        assertThat(pieces.next()).isEqualTo(" there");

        assertThat(catchThrowable(pieces::next).getClass().getName()).isEqualTo("com.openai.errors.OpenAIIoException");
        pieces.close();
        assertThat(asked().outcome()).isEqualTo(Outcome.ERROR);
    }

    @Test
    void stream_neverReadNorClosed_isGivenUp() {
        openai.server().answer(events());
        OpenAiUse.Pieces pieces = openai.stream();
        assertThat(woven.inFlight()).isOne();

        woven.calls.limitDuration(Duration.ofNanos(1));
        woven.calls.forgetDeadThreads();
        woven.calls.limitDuration(Duration.ofMinutes(10));

        assertThat(asked().outcome()).isEqualTo(Outcome.ABANDONED);
        pieces.close();
    }

    @Test
    void stream_askedForTwice_isRefusedAsTheLibraryDoes() {
        openai.server().answer(events());
        OpenAiUse.Pieces pieces = openai.stream();

        assertThatThrownBy(pieces::again).isInstanceOf(IllegalStateException.class);
        pieces.close();
        asked();
    }

    @Test
    void pushedStream_isOverWhenItsSubscriberIsTold() throws Exception {
        openai.server().answer(events());
        List<String> into = new CopyOnWriteArrayList<>();
        OpenAiUse.Pushed pushed = openai.push();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        pushed.subscribe(into, executor);
        pushed.complete().get(60, TimeUnit.SECONDS);
        executor.shutdown();
        pushed.close();

        assertThat(into).containsExactly("Hello", " there", "", "", "end");
        AskedRemotely asked = asked();
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.tokens()).isEqualTo(USAGE);
    }

    @Test
    void pushedStream_thatNobodySubscribesTo_endsWhenItIsClosed() {
        openai.server().answer(events());
        OpenAiUse.Pushed pushed = openai.push();
        assertThat(woven.inFlight()).isOne();
        pushed.close();

        assertThat(asked().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void pushedStream_whoseRequestFails_isAnErrorThoughNobodySubscribes() {
        openai.server().answer(Reply.json(400, OpenAiWire.error("no such thing")));
        OpenAiUse.Pushed pushed = openai.push();

        assertThatThrownBy(() -> pushed.complete().get(60, TimeUnit.SECONDS)).hasMessageContaining("no such thing");
        assertThat(asked().outcome()).isEqualTo(Outcome.ERROR);
    }

    @Test
    void pushedStream_whoseSubscriberFails_isNoErrorOfTheModel() {
        openai.server().answer(events());
        List<String> into = new CopyOnWriteArrayList<>();
        OpenAiUse.Pushed pushed = openai.push();
        pushed.subscribe(into, "Hello");

        assertThatThrownBy(() -> pushed.complete().get(60, TimeUnit.SECONDS)).hasMessageContaining("the application's");
        assertThat(into).containsExactly("Hello", "endthe application's");
        assertThat(asked().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void pushedStream_cutByTheServer_isAnError() {
        openai.server().answer(events().cutAfter(2));
        List<String> into = new CopyOnWriteArrayList<>();
        OpenAiUse.Pushed pushed = openai.push();
        pushed.subscribe(into, (String) null);

        assertThat(catchThrowable(() -> pushed.complete().get(60, TimeUnit.SECONDS)))
                .isNotNull();
        assertThat(into).startsWith("Hello", " there");
        assertThat(asked().outcome()).isEqualTo(Outcome.ERROR);
    }

    @Test
    void pushedStream_subscribedTwice_isRefusedAsTheLibraryDoes() throws Exception {
        openai.server().answer(events());
        OpenAiUse.Pushed pushed = openai.push();
        pushed.subscribe(new CopyOnWriteArrayList<>(), (String) null);
        pushed.complete().get(60, TimeUnit.SECONDS);

        assertThatThrownBy(() -> pushed.subscribe(new CopyOnWriteArrayList<>(), (String) null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Cannot subscribe");
        asked();
    }
}
