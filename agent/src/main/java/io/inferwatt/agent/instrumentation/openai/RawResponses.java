package io.inferwatt.agent.instrumentation.openai;

import com.openai.core.http.StreamResponse;
import io.inferwatt.agent.instrumentation.SeenFirst;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.Outcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Responses that the application asked for as they are. Their calls end when it has them parsed, takes the body to read it itself,
 * or closes them; what it reads itself is not looked at.
 */
final class RawResponses {

    /** The one class whose methods are woven. */
    private static final String PARSEABLE = "com.openai.core.http.HttpResponseForKt$parseable$1";

    private static final WeakIdentityMap<Object, RawResponse> WATCHED = new WeakIdentityMap<>();

    private RawResponses() {}

    /** What is remembered of a response. */
    private static final class RawResponse {

        final OpenAiCall call;
        final boolean streaming;

        @Nullable
        StreamResponse<?> watched;

        RawResponse(OpenAiCall call, boolean streaming) {
            this.call = call;
            this.streaming = streaming;
        }

        /** Each time the library is asked it returns the same stream, and so does this. */
        synchronized StreamResponse<?> watched(StreamResponse<?> stream) {
            if (watched == null) {
                watched = new WatchedStream<>(stream, call);
            }
            return watched;
        }
    }

    static void watch(Object response, OpenAiCall call, boolean streaming) {
        if (response.getClass().getName().equals(PARSEABLE)) {
            WATCHED.put(response, new RawResponse(call, streaming));
        } else {
            call.finish(Outcome.OK); // of another version: nothing would tell its end
        }
    }

    /**
     * Returns a future that is done as the given one is, but only after the response is watched. Where pictures or sound are sent the
     * library makes a future of another class, which the application must get: null then, and the call ends with the response, whose
     * answer is not looked at.
     */
    static @Nullable CompletableFuture<?> watch(CompletableFuture<?> response, OpenAiCall call, boolean streaming) {
        if (response.getClass() != CompletableFuture.class) {
            call.call.detachUntil(response, (nothing, unread) -> {});
            return null;
        }
        return watched(response, call, streaming);
    }

    private static <T> CompletableFuture<T> watched(CompletableFuture<T> response, OpenAiCall call, boolean streaming) {
        return SeenFirst.of(response, call.call, value -> {
            watch(value, call, streaming);
            return value;
        });
    }

    /** Returns what the application gets instead of the parsed answer; null for that itself. */
    static @Nullable Object parsed(Object response, @Nullable Object answer, @Nullable Throwable error) {
        RawResponse known = WATCHED.get(response);
        if (known == null) {
            return null;
        }
        if (error == null && answer instanceof StreamResponse<?> stream) {
            return known.watched(stream);
        }
        known.call.answered(answer, error);
        return null;
    }

    static void bodyTaken(Object response) {
        finish(response, Outcome.OK);
    }

    /** A stream that is closed before its end is the application's decision; any other answer was complete. */
    static void closed(Object response) {
        RawResponse known = WATCHED.get(response);
        finish(response, known != null && known.streaming ? Outcome.CANCELLED : Outcome.OK);
    }

    private static void finish(Object response, Outcome outcome) {
        RawResponse known = WATCHED.get(response);
        if (known != null) {
            known.call.finish(outcome);
        }
    }
}
