package io.inferwatt.agent.instrumentation.anthropic;

import com.anthropic.core.ClientOptions;
import com.anthropic.core.http.HttpResponseFor;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.agent.instrumentation.SeenFirst;
import io.inferwatt.core.call.RemoteTarget.Work;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the advice on Anthropic's client does: begins calls, and ends them or hands them to what the application reads. */
final class AnthropicCalls {

    private static final RemoteCalls CALLS = RemoteCalls.of("anthropic-java");

    private AnthropicCalls() {}

    static Object start(ClientOptions client, @Nullable Object params) {
        String model = AnthropicMessages.requestedModel(params);
        return CALLS.start(AnthropicServers.of(client), model, RemoteCalls.CHAT, Work.TEXT, 1);
    }

    static void answered(@Nullable Object begun, @Nullable Object message, @Nullable Throwable error) {
        if (begun instanceof RemoteCall call) {
            call.answered(message, AnthropicMessages::tell, error);
        }
    }

    static void answersLater(
            @Nullable Object begun, @Nullable CompletableFuture<?> message, @Nullable Throwable error) {
        if (begun instanceof RemoteCall call) {
            if (message == null) {
                call.finish(error);
            } else {
                call.detachUntil(message, AnthropicMessages::tell);
            }
        }
    }

    /** Returns what the application gets instead of the response; null for the response itself, whose reader is metered. */
    static @Nullable HttpResponseFor<?> responded(
            @Nullable Object begun, @Nullable HttpResponseFor<?> response, @Nullable Throwable error) {
        if (!(begun instanceof RemoteCall call)) {
            return null;
        }
        if (response == null || call.isInner()) {
            call.finish(error);
            return null;
        }
        call.detach();
        return new MeteredResponse<>(response, call);
    }

    /** Returns what the application gets instead of the future; null for the future itself. */
    static @Nullable CompletableFuture<?> respondsLater(
            @Nullable Object begun, @Nullable CompletableFuture<?> response, @Nullable Throwable error) {
        if (!(begun instanceof RemoteCall call)) {
            return null;
        }
        if (response == null || call.isInner()) {
            call.finish(error);
            return null;
        }
        call.detach();
        return metered(response, call);
    }

    private static <T> CompletableFuture<T> metered(CompletableFuture<T> response, RemoteCall call) {
        return SeenFirst.of(response, call, value -> metered(value, call));
    }

    @SuppressWarnings("unchecked") // the raw level's futures are of this interface, not of what implements it
    private static <T> T metered(T value, RemoteCall call) {
        return (T) new MeteredResponse<>((HttpResponseFor<?>) value, call);
    }
}
