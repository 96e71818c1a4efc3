package io.inferwatt.agent.instrumentation.azureopenai;

import com.azure.ai.openai.implementation.OpenAIClientImpl;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Around methods that return a stream to subscribe to. */
public final class FluxAdvice {

    private FluxAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.FieldValue("serviceClient") @Nullable OpenAIClientImpl client,
            @Advice.Origin("#m") String method,
            @Advice.Argument(0) @Nullable String deployment,
            @Advice.Argument(1) @Nullable Object options) {
        return AzureOpenAiCalls.prepare(client, method, deployment, options);
    }

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static @Nullable Flux<?> exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable Flux<?> answer,
            @Advice.Thrown @Nullable Throwable error) {
        return AzureOpenAiCalls.pushes(call, answer, error);
    }
}
