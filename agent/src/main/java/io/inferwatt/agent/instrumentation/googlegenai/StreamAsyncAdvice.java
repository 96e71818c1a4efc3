package io.inferwatt.agent.instrumentation.googlegenai;

import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code AsyncModels.generateContentStream}. */
public final class StreamAsyncAdvice {

    private StreamAsyncAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.FieldValue("apiClient") Object client, @Advice.Argument(0) @Nullable String model) {
        return GoogleGenAiCalls.stream(client, model);
    }

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static @Nullable CompletableFuture<?> exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable CompletableFuture<?> chunks,
            @Advice.Thrown @Nullable Throwable error) {
        return GoogleGenAiCalls.streamsLater(call, chunks, error);
    }
}
