package io.inferwatt.agent.instrumentation.ollama4j;

import io.github.ollama4j.models.response.OllamaAsyncResultStreamer;
import net.bytebuddy.asm.Advice;

/** After the making of a thread that will read an answer. */
public final class ReaderMadeAdvice {

    private ReaderMadeAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void made(@Advice.This OllamaAsyncResultStreamer reader) {
        Ollama4jCalls.madeReader(reader);
    }
}
