package io.inferwatt.agent.instrumentation.azureopenai;

import com.azure.ai.openai.implementation.OpenAIClientImpl;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around methods that wait for an answer. */
public final class AnswerAdvice {

    private AnswerAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.FieldValue("serviceClient") @Nullable OpenAIClientImpl client,
            @Advice.Origin("#m") String method,
            @Advice.Argument(0) @Nullable String deployment,
            @Advice.Argument(1) @Nullable Object options) {
        return AzureOpenAiCalls.start(client, method, deployment, options);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable Object answer,
            @Advice.Thrown @Nullable Throwable error) {
        AzureOpenAiCalls.answered(call, answer, error);
    }
}
