package io.inferwatt.agent.instrumentation.ollama4j;

import io.github.ollama4j.models.response.OllamaAsyncResultStreamer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the work of a thread that reads an answer. */
public final class ReaderAdvice {

    private ReaderAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This OllamaAsyncResultStreamer reader) {
        return Ollama4jCalls.read(reader);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object exchange,
            @Advice.This OllamaAsyncResultStreamer reader,
            @Advice.Thrown @Nullable Throwable error) {
        Ollama4jCalls.haveRead(exchange, reader, error);
    }
}
