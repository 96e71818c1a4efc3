package io.inferwatt.agent.instrumentation.azureopenai;

import com.azure.ai.openai.implementation.OpenAIClientImpl;
import com.azure.core.util.IterableStream;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around methods that return a stream, which is read while the answer comes. */
public final class StreamAdvice {

    private StreamAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.FieldValue("serviceClient") @Nullable OpenAIClientImpl client,
            @Advice.Origin("#m") String method,
            @Advice.Argument(0) @Nullable String deployment,
            @Advice.Argument(1) @Nullable Object options) {
        return AzureOpenAiCalls.start(client, method, deployment, options);
    }

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static @Nullable IterableStream<?> exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable IterableStream<?> answer,
            @Advice.Thrown @Nullable Throwable error) {
        return AzureOpenAiCalls.streams(call, answer, error);
    }
}
