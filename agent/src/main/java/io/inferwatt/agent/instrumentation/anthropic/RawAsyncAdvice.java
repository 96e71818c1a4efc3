package io.inferwatt.agent.instrumentation.anthropic;

import com.anthropic.core.ClientOptions;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code create} and {@code createStreaming} of the raw level that returns a future. */
public final class RawAsyncAdvice {

    private RawAsyncAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.FieldValue("clientOptions") ClientOptions client, @Advice.Argument(0) @Nullable Object params) {
        return AnthropicCalls.start(client, params);
    }

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static @Nullable CompletableFuture<?> exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable CompletableFuture<?> response,
            @Advice.Thrown @Nullable Throwable error) {
        return AnthropicCalls.respondsLater(call, response, error);
    }
}
