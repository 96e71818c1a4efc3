package io.inferwatt.agent.instrumentation.ollama4j;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code chat} and {@code generate} of {@code Ollama}. */
public final class AskAdvice {

    private AskAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.This Object client,
            @Advice.FieldValue("host") @Nullable String host,
            @Advice.Argument(0) @Nullable Object request) {
        return Ollama4jCalls.begin(client, host, request);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object exchange, @Advice.Thrown @Nullable Throwable error) {
        Ollama4jCalls.finish(exchange, error);
    }
}
