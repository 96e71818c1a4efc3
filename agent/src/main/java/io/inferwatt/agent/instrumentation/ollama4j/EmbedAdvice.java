package io.inferwatt.agent.instrumentation.ollama4j;

import io.github.ollama4j.models.embed.OllamaEmbedRequest;
import io.github.ollama4j.models.embed.OllamaEmbedResult;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code embed} of {@code Ollama}. */
public final class EmbedAdvice {

    private EmbedAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.This Object client,
            @Advice.FieldValue("host") @Nullable String host,
            @Advice.Argument(0) @Nullable OllamaEmbedRequest request) {
        return Ollama4jCalls.embed(client, host, request);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable OllamaEmbedResult result,
            @Advice.Thrown @Nullable Throwable error) {
        Ollama4jCalls.embedded(call, result, error);
    }
}
