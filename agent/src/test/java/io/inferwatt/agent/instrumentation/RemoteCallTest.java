package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteCallTest {

    private static final long NONE = TokenUsage.UNKNOWN;
    private static final RemoteServer OPENAI = RemoteServer.of("openai", "https://api.openai.com/v1", "");

    private final Calls record = new Calls();
    private RemoteCalls calls;

    @BeforeEach
    void recordHere() {
        LibraryCalls.recordIn(record);
        calls = RemoteCalls.of("a-client");
    }

    private record Ended(
            ModelKey key, Outcome outcome, String model, String region, long units, long input, long output) {}

    private List<Ended> ended() {
        CallDrain drain = new CallDrain();
        record.drain(drain, System.nanoTime());
        List<Ended> ended = new ArrayList<>();
        CallRecord view = new CallRecord();
        for (int i = 0; i < drain.recordCount(); i++) {
            CallRecord one = drain.record(i, view);
            RemoteTarget target = record.targets().target(one.target());
            ended.add(new Ended(
                    record.keys().key(one.key()),
                    one.outcome(),
                    target.model(),
                    target.region(),
                    one.units(),
                    one.inputTokens(),
                    one.outputTokens()));
        }
        return ended;
    }

    private RemoteCall chat() {
        return calls.start(OPENAI, "gpt-4o", RemoteCalls.CHAT, Work.TEXT, 1);
    }

    private static Ended gpt4o(Outcome outcome, String model, long input, long output) {
        return new Ended(ModelKey.remote("gpt-4o", "chat"), outcome, model, "", 1, input, output);
    }

    private static void onAnotherThread(Runnable work) throws InterruptedException {
        Thread thread = new Thread(work);
        thread.start();
        thread.join();
    }

    @Test
    void answerThatFindsNoMemory_endsTheCallWithoutWhatItTells() {
        chat().answered(
                        "answer",
                        (call, answer) -> {
                            throw new InternalError("no memory"); // JUnit itself ends at an OutOfMemoryError
                        },
                        null);
        RemoteCall later = chat();
        CompletableFuture<String> answer = new CompletableFuture<>() {
            @Override
            public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
                throw new InternalError("no memory");
            }
        };
        later.detachUntil(answer, (call, told) -> {});
        RemoteCall lost = chat();
        lost.lost();
        lost.finish(Outcome.ERROR);

        assertThat(ended()).hasSize(3).allMatch(call -> call.equals(gpt4o(Outcome.OK, "gpt-4o", NONE, NONE)));
    }

    @Test
    void callThatReturnsItsAnswer_isRecordedWithWhatThatTold() {
        RemoteCall call = chat();
        call.answeredBy("gpt-4o-2024-08-06");
        call.answeredFrom("us");
        call.tokens(100, 40, 20, 5);
        call.finish((Throwable) null);
        call.finish(Outcome.ERROR);

        assertThat(ended())
                .containsExactly(new Ended(
                        ModelKey.remote("gpt-4o", "chat"), Outcome.OK, "gpt-4o-2024-08-06", "us", 1, 100, 20));
    }

    @Test
    void answerThatTellsNothing_leavesWhatWasAsked() {
        RemoteCall call = chat();
        call.answeredBy(null);
        call.answeredBy(" ");
        call.answeredFrom("");
        call.finish(new IllegalStateException());

        assertThat(ended()).containsExactly(gpt4o(Outcome.ERROR, "gpt-4o", NONE, NONE));
    }

    @Test
    void answerThatComesOnAnotherThreadBeforeTheMethodReturns_endsTheCallThen() throws InterruptedException {
        RemoteCall call = chat();
        onAnotherThread(() -> {
            call.tokens(1, NONE, 2, NONE);
            call.received();
            call.finish(Outcome.OK);
        });
        assertThat(ended()).as("its own thread is still inside").isEmpty();
        call.detach();

        assertThat(ended()).containsExactly(gpt4o(Outcome.OK, "gpt-4o", 1, 2));
    }

    @Test
    void answerThatComesLater_endsTheCallOnItsThread() throws InterruptedException {
        RemoteCall call = chat();
        call.detach();
        call.detach();
        RemoteCall next = chat();
        next.finish(Outcome.OK);
        onAnotherThread(() -> {
            call.answeredBy("gpt-4o-2024-08-06");
            call.tokens(1, NONE, 2, NONE);
            call.finish(Outcome.CANCELLED);
            call.tokens(7, NONE, 7, NONE);
            call.finish(Outcome.OK);
        });

        assertThat(ended())
                .containsExactlyInAnyOrder(
                        gpt4o(Outcome.OK, "gpt-4o", NONE, NONE), gpt4o(Outcome.CANCELLED, "gpt-4o-2024-08-06", 1, 2));
    }

    @Test
    void future_endsTheCallByItsOutcome_evenIfItsAnswerIsNotUnderstood() {
        CompletableFuture<String> good = new CompletableFuture<>();
        chat().detachUntil(good, (call, answer) -> call.tokens(answer.length(), NONE, 1, NONE));
        CompletableFuture<String> odd = new CompletableFuture<>();
        chat().detachUntil(odd, (call, answer) -> {
            throw new IllegalStateException(answer);
        });
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        chat().detachUntil(cancelled, (call, answer) -> {});
        CompletableFuture<String> failed = new CompletableFuture<>();
        chat().detachUntil(failed, (call, answer) -> {});

        good.complete("four");
        odd.complete("odd");
        cancelled.cancel(true);
        failed.completeExceptionally(new IllegalStateException());

        assertThat(ended())
                .containsExactlyInAnyOrder(
                        gpt4o(Outcome.OK, "gpt-4o", 4, 1),
                        gpt4o(Outcome.OK, "gpt-4o", NONE, NONE),
                        gpt4o(Outcome.CANCELLED, "gpt-4o", NONE, NONE),
                        gpt4o(Outcome.ERROR, "gpt-4o", NONE, NONE));
        assertThat(odd).isCompletedWithValue("odd");
    }

    @Test
    void answer_thatThrowsWhenAsked_endsItsCall_andThrowsNothing() {
        chat().answered(
                        "broken",
                        (call, answer) -> {
                            call.tokens(1, NONE, NONE, NONE);
                            throw new NoSuchMethodError(answer);
                        },
                        null);
        chat().answered("good", (call, answer) -> call.tokens(answer.length(), NONE, 1, NONE), null);
        chat().answered(null, (call, answer) -> call.tokens(9, NONE, 9, NONE), new IllegalStateException());

        assertThat(ended())
                .containsExactly(
                        gpt4o(Outcome.OK, "gpt-4o", 1, NONE),
                        gpt4o(Outcome.OK, "gpt-4o", 4, 1),
                        gpt4o(Outcome.ERROR, "gpt-4o", NONE, NONE));
    }

    @Test
    void outcome_ofWrappedCancellation_isCancelled() {
        assertThat(RemoteCall.outcomeOf(new CompletionException(new CancellationException())))
                .isEqualTo(Outcome.CANCELLED);
        assertThat(RemoteCall.outcomeOf(new CompletionException(null))).isEqualTo(Outcome.ERROR);
    }

    @Test
    void outcome_ofAnInterruption_isCancelled_howeverItIsWrapped() {
        assertThat(RemoteCall.outcomeOf(new InterruptedException())).isEqualTo(Outcome.CANCELLED);
        assertThat(RemoteCall.outcomeOf(new InterruptedIOException("interrupted")))
                .isEqualTo(Outcome.CANCELLED);
        assertThat(RemoteCall.outcomeOf(new IllegalStateException(
                        new UncheckedIOException(new IOException(new InterruptedException())))))
                .isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void outcome_ofATimeout_isAnError_thoughItIsAnInterruptedInput() {
        assertThat(RemoteCall.outcomeOf(new IllegalStateException(new SocketTimeoutException())))
                .isEqualTo(Outcome.ERROR);
        assertThat(RemoteCall.outcomeOf(new InterruptedIOException("timeout"))).isEqualTo(Outcome.ERROR);
    }

    @Test
    void outcome_ofCausesInACircle_isAnError() {
        IllegalStateException first = new IllegalStateException();
        first.initCause(new IllegalStateException(first));

        assertThat(RemoteCall.outcomeOf(first)).isEqualTo(Outcome.ERROR);
    }

    @Test
    void call_insideALocalOne_makesThatRemoteAsWell() {
        LibraryCalls local = LibraryCalls.of("methods");
        var outer = local.start(local.key("rag", ModelKey.INFERENCE, null, null), 1);
        RemoteCall call = chat();
        call.tokens(1, NONE, 2, NONE);
        call.finish(Outcome.OK);
        local.finish(outer, Outcome.OK);

        assertThat(ended())
                .containsExactly(
                        new Ended(ModelKey.remote("rag", ModelKey.INFERENCE), Outcome.OK, "gpt-4o", "", 1, 1, 2));
    }

    @Test
    void hostOfThisMachine_isNotRemote() {
        record.computeHere(host -> host.equals("localhost:11434"));
        calls.start(RemoteServer.of("", "http://localhost:11434/v1", ""), "llama3.1:8b", RemoteCalls.CHAT, Work.TEXT, 1)
                .finish(Outcome.OK);

        assertThat(ended()).extracting(Ended::key).containsExactly(new ModelKey("llama3.1:8b", "chat"));
    }

    @Test
    void address_ofAServer_becomesItsHost() {
        assertThat(OPENAI.host()).isEqualTo("api.openai.com");
        assertThat(RemoteServer.of("", "http://LocalHost:11434/api", "").host()).isEqualTo("localhost:11434");
        assertThat(RemoteServer.of("", "http://host:80", "").host()).isEqualTo("host");
        assertThat(RemoteServer.of("", "https://host:443/", "").host()).isEqualTo("host");
        assertThat(RemoteServer.of("", "http://[::1]:8080/v1", "").host()).isEqualTo("[::1]:8080");
        assertThat(RemoteServer.of("", "vllm.internal:8000/v1", "").host()).isEqualTo("vllm.internal:8000");
        assertThat(RemoteServer.of("", "not an address", "").host()).isEmpty();
        assertThat(RemoteServer.of("", null, "").host()).isEmpty();
    }

    @Test
    void name_ofAnArn_isItsLastPart() {
        assertThat(ModelNames.ofRemote(
                        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-x"))
                .isEqualTo("us.anthropic.claude-x");
        assertThat(ModelNames.ofRemote("openai/gpt-4o")).isEqualTo("openai/gpt-4o");
    }
}
