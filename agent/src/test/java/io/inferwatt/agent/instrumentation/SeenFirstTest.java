package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class SeenFirstTest {

    private final Calls calls = new Calls();
    private final RemoteCalls remote = remoteCalls();

    private RemoteCalls remoteCalls() {
        LibraryCalls.recordIn(calls);
        return RemoteCalls.of("test");
    }

    private RemoteCall begin() {
        return remote.start(RemoteServer.UNKNOWN, "model", RemoteCalls.CHAT, Work.TEXT, 1);
    }

    private RemoteCall detached() {
        RemoteCall call = begin();
        call.detach();
        return call;
    }

    private List<Outcome> ended() {
        CallDrain drain = new CallDrain();
        calls.drain(drain, System.nanoTime());
        List<Outcome> outcomes = new ArrayList<>();
        CallRecord view = new CallRecord();
        for (int i = 0; i < drain.recordCount(); i++) {
            outcomes.add(drain.record(i, view).outcome());
        }
        return outcomes;
    }

    @Test
    void value_isSeenBeforeTheApplicationSeesIt_andMayBeReplaced() {
        CompletableFuture<String> library = new CompletableFuture<>();
        List<String> order = new ArrayList<>();
        CompletableFuture<String> shown = SeenFirst.of(library, detached(), value -> {
            order.add("seen " + value);
            return "instead";
        });
        List<String> application = new ArrayList<>();
        assertThat(shown.thenAccept(value -> {
                    application.addAll(order);
                    application.add(value);
                }))
                .isNotDone();

        library.complete("value");

        assertThat(application).containsExactly("seen value", "instead");
        assertThat(ended()).isEmpty();
    }

    @Test
    void valueThatIsThere_isShownAtOnce() {
        CompletableFuture<String> shown =
                SeenFirst.of(CompletableFuture.completedFuture("value"), detached(), value -> value);

        assertThat(shown).isCompletedWithValue("value");
    }

    @Test
    void whatTheObserverThrows_isNobodys_andEndsTheCall() {
        CompletableFuture<String> shown =
                SeenFirst.of(CompletableFuture.completedFuture("value"), detached(), value -> {
                    throw new IllegalStateException("ours");
                });

        assertThat(shown).isCompletedWithValue("value");
        assertThat(ended()).containsExactly(Outcome.OK);
    }

    @Test
    void failure_looksAsItDoesInTheLibrarysFuture() {
        Exception failure = new IllegalStateException("the library's");
        for (Throwable stored : List.of(failure, new CompletionException(failure))) {
            CompletableFuture<String> library = new CompletableFuture<>();
            CompletableFuture<String> shown = SeenFirst.of(library, detached(), value -> value);
            List<Throwable> seen = new ArrayList<>();
            assertThat(shown.whenComplete((value, error) -> seen.add(error))).isNotDone();
            library.completeExceptionally(stored);

            assertThat(seen).containsExactly(stored);
            assertThatThrownBy(shown::get).hasCause(failure);
            assertThatThrownBy(shown::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCause(failure);
            assertThat(ended()).containsExactly(Outcome.ERROR);
        }
    }

    @Test
    void applicationThatCancels_cancelsTheLibrarysFuture_andTheCall() {
        CompletableFuture<String> library = new CompletableFuture<>();
        CompletableFuture<String> shown = SeenFirst.of(library, detached(), value -> value);

        shown.cancel(true);

        assertThat(library).isCancelled();
        assertThatThrownBy(shown::join).isInstanceOf(CancellationException.class);
        assertThat(ended()).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void applicationThatCompletesTheFutureItself_endsTheCall() {
        CompletableFuture<String> library = new CompletableFuture<>();
        CompletableFuture<String> shown = SeenFirst.of(library, detached(), value -> value);

        shown.complete("own");

        assertThat(library).isCompletedWithValue("own");
        assertThat(ended()).containsExactly(Outcome.OK);
    }

    @Test
    void futureOfAnotherKind_staysOfItsKind() {
        Executor executor = Runnable::run;
        CompletableFuture<String> library = new OwnFuture<>(executor);
        CompletableFuture<String> shown = SeenFirst.of(library, detached(), value -> value);

        assertThat(shown).isInstanceOf(OwnFuture.class);
        assertThat(shown.defaultExecutor()).isSameAs(executor);
    }

    private static final class OwnFuture<T> extends CompletableFuture<T> {

        private final Executor executor;

        OwnFuture(Executor executor) {
            this.executor = executor;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new OwnFuture<>(executor);
        }

        @Override
        public Executor defaultExecutor() {
            return executor;
        }
    }

    @Test
    void callInsideOneOfTheSameLibrary_isInner_andItsLateEndEndsNothing() {
        RemoteCall outer = begin();
        RemoteCall inner = begin();
        assertThat(outer.isInner()).isFalse();
        assertThat(inner.isInner()).isTrue();

        inner.detach();
        inner.finish(Outcome.ERROR);
        assertThat(ended()).isEmpty();

        outer.finish(Outcome.OK);
        assertThat(ended()).containsExactly(Outcome.OK);
    }
}
