package io.inferwatt.agent.instrumentation.openai;

import com.openai.core.ClientOptions;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around methods that return the future of a response as it is. */
public final class RawFutureAdvice {

    private RawFutureAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.FieldValue("clientOptions") ClientOptions client, @Advice.Argument(0) @Nullable Object params) {
        return OpenAiCalls.start(client, params);
    }

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static @Nullable CompletableFuture<?> exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable CompletableFuture<?> response,
            @Advice.Origin("#m") String method,
            @Advice.Thrown @Nullable Throwable error) {
        return OpenAiCalls.promisedRaw(call, response, method, error);
    }
}
