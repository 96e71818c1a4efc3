package io.inferwatt.agent.instrumentation;

import io.inferwatt.core.call.Outcome;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a future brings before the application sees it. Who asks a future later is told earlier, so the application gets
 * another one of the same kind, which does and fails as the first does, on the same threads.
 */
public final class SeenFirst {

    private SeenFirst() {}

    /**
     * Returns a future for the application. Failures end the call; so does the application if it ends the future itself, and then
     * the first one ends in the same way.
     *
     * @param answer what the library returned
     * @param call detached; null if others end it
     * @param seen told of the value on the thread that brings it; returns it, or what is to be passed on for it
     */
    public static <T> CompletableFuture<T> of(CompletableFuture<T> answer, @Nullable RemoteCall call, Seen<T> seen) {
        CompletableFuture<T> shown = answer.newIncompleteFuture();
        CompletionStage<T> library = answer;
        CompletionStage<T> application = shown;
        library.whenComplete(new Passing<>(shown, call, seen));
        application.whenComplete(new Returning<>(answer));
        return shown;
    }

    /** Sees a value. What it throws is nobody's: the value is passed on then. */
    @FunctionalInterface
    public interface Seen<T> {

        T see(T value);
    }

    private record Passing<T>(
            CompletableFuture<T> shown, @Nullable RemoteCall call, Seen<T> seen) implements BiConsumer<T, Throwable> {

        @Override
        public void accept(T value, Throwable error) {
            if (error != null) {
                end(RemoteCall.outcomeOf(error));
                shown.completeExceptionally(error);
            } else if (shown.isDone() || !shown.complete(see(value))) {
                end(shown.isCancelled() ? Outcome.CANCELLED : Outcome.OK);
            }
        }

        private T see(T value) {
            try {
                return seen.see(value);
            } catch (RuntimeException | LinkageError notUnderstood) {
                end(Outcome.OK);
                return value;
            }
        }

        private void end(Outcome outcome) {
            if (call != null) {
                call.finish(outcome);
            }
        }
    }

    /** Does to the library's future what the application does to its own. */
    private record Returning<T>(CompletableFuture<T> answer) implements BiConsumer<T, Throwable> {

        @Override
        public void accept(T value, Throwable error) {
            if (answer.isDone()) {
                return;
            }
            if (error instanceof CancellationException) {
                answer.cancel(true);
            } else if (error != null) {
                answer.completeExceptionally(error);
            } else {
                answer.complete(value);
            }
        }
    }
}
