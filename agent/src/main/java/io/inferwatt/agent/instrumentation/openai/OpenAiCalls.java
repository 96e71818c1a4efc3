package io.inferwatt.agent.instrumentation.openai;

import com.openai.core.ClientOptions;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the advice on openai-java does: begins calls, and ends them where their answer is complete. Each method of the library
 * that gives an answer calls the one that gives the raw response; that is the same call, seen twice.
 */
final class OpenAiCalls {

    private static final RemoteCalls CALLS = RemoteCalls.of(
            "openai-java",
            "stream_options.include_usage"
                    + " (streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build()))");

    private OpenAiCalls() {}

    /** Begins a call; null for what the library refuses, or does not know. */
    static @Nullable Object start(ClientOptions client, @Nullable Object params) {
        Endpoint endpoint = params == null ? null : Endpoint.of(params.getClass());
        if (params == null || endpoint == null) {
            return null;
        }
        Asked asked = endpoint.asked(params);
        RemoteCall call = CALLS.start(
                Servers.of(client), asked.model(), asked.operation(), asked.work(), asked.units(), asked.imageSize());
        try {
            return new OpenAiCall(call, endpoint);
        } catch (Throwable broken) { // for want of memory: nobody could ever end it
            call.lost();
            throw broken;
        }
    }

    static void answered(@Nullable Object begun, @Nullable Object answer, @Nullable Throwable error) {
        if (begun != null) {
            ((OpenAiCall) begun).answered(answer, error);
        }
    }

    static void promised(@Nullable Object begun, @Nullable CompletableFuture<?> answer, @Nullable Throwable error) {
        if (begun == null) {
            return;
        }
        OpenAiCall call = (OpenAiCall) begun;
        if (error != null || answer == null) {
            call.finish(error);
        } else {
            call.detachUntil(answer);
        }
    }

    /** Returns what the application gets instead of a stream: the same, watched; null where it is to get the stream itself. */
    static @Nullable StreamResponse<?> streams(
            @Nullable Object begun, @Nullable StreamResponse<?> stream, @Nullable Throwable error) {
        OpenAiCall call = goingOn(begun, stream, error);
        return call == null || stream == null ? null : new WatchedStream<>(stream, call);
    }

    /** The same for a stream that is pushed. */
    static @Nullable AsyncStreamResponse<?> pushes(
            @Nullable Object begun, @Nullable AsyncStreamResponse<?> stream, @Nullable Throwable error) {
        OpenAiCall call = goingOn(begun, stream, error);
        return call == null || stream == null ? null : WatchedAsyncStream.of(stream, call);
    }

    static void respondedRaw(
            @Nullable Object begun, @Nullable Object response, String method, @Nullable Throwable error) {
        OpenAiCall call = goingOn(begun, response, error);
        if (call != null && response != null) {
            RawResponses.watch(response, call, isStreaming(method));
        }
    }

    /** Returns what the application gets instead of a future: one that is done after the response is known here. */
    static @Nullable CompletableFuture<?> promisedRaw(
            @Nullable Object begun, @Nullable CompletableFuture<?> response, String method, @Nullable Throwable error) {
        OpenAiCall call = goingOn(begun, response, error);
        return call == null || response == null ? null : RawResponses.watch(response, call, isStreaming(method));
    }

    private static boolean isStreaming(String method) {
        return method.endsWith("Streaming");
    }

    /** Returns the call if it goes on after its method; else it has ended, or is part of the same call around it. */
    private static @Nullable OpenAiCall goingOn(
            @Nullable Object begun, @Nullable Object result, @Nullable Throwable error) {
        if (begun == null) {
            return null;
        }
        OpenAiCall call = (OpenAiCall) begun;
        if (error != null || result == null) {
            call.finish(error);
            return null;
        }
        call.call.detach();
        return call.call.goesOn() ? call : null;
    }
}
