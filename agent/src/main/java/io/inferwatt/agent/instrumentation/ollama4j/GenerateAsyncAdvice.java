package io.inferwatt.agent.instrumentation.ollama4j;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code generateAsync} of {@code Ollama}, which starts a thread that reads the answer. */
public final class GenerateAsyncAdvice {

    private GenerateAsyncAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.This Object client,
            @Advice.FieldValue("host") @Nullable String host,
            @Advice.Argument(0) @Nullable String model) {
        return Ollama4jCalls.beginReader(client, host, model);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        Ollama4jCalls.readerBegun(call, error);
    }
}
