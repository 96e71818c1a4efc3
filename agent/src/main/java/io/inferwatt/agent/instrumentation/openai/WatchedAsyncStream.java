package io.inferwatt.agent.instrumentation.openai;

import com.openai.core.http.AsyncStreamResponse;
import io.inferwatt.core.call.Outcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A streamed answer that is pushed, as the application gets it. */
final class WatchedAsyncStream<T> implements AsyncStreamResponse<T> {

    private final AsyncStreamResponse<T> stream;
    private final OpenAiCall call;

    private WatchedAsyncStream(AsyncStreamResponse<T> stream, OpenAiCall call) {
        this.stream = stream;
        this.call = call;
    }

    static <T> AsyncStreamResponse<T> of(AsyncStreamResponse<T> stream, OpenAiCall call) {
        AsyncStreamResponse<T> watched = new WatchedAsyncStream<>(stream, call);
        // A request that fails ends the call also where nobody listens.
        var unused = stream.onCompleteFuture().whenComplete((nothing, error) -> call.finish(error));
        return watched;
    }

    @Override
    public AsyncStreamResponse<T> subscribe(Handler<? super T> handler) {
        stream.subscribe(watched(handler));
        return this;
    }

    @Override
    public AsyncStreamResponse<T> subscribe(Handler<? super T> handler, Executor executor) {
        stream.subscribe(watched(handler), executor);
        return this;
    }

    /** The library refuses null itself. */
    @SuppressWarnings("NullAway")
    private Handler<? super T> watched(Handler<? super T> handler) {
        return handler == null ? null : new WatchedHandler<>(handler, call);
    }

    @Override
    public CompletableFuture<Void> onCompleteFuture() {
        return stream.onCompleteFuture();
    }

    /** Before its end that is the application's decision; told first, since closing completes the future. */
    @Override
    public void close() {
        call.finish(Outcome.CANCELLED);
        stream.close();
    }

    @Override
    public String toString() {
        return stream.toString();
    }

    private record WatchedHandler<T>(Handler<T> handler, OpenAiCall call) implements Handler<T> {

        @Override
        public void onNext(T piece) {
            call.heardPiece(piece);
            boolean taken = false;
            try {
                handler.onNext(piece);
                taken = true;
            } finally {
                if (!taken) {
                    call.finish(Outcome.CANCELLED);
                }
            }
        }

        @Override
        public void onComplete(Optional<Throwable> error) {
            call.finish(error.orElse(null));
            handler.onComplete(error);
        }
    }
}
