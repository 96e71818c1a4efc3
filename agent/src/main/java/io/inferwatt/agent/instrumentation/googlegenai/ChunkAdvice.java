package io.inferwatt.agent.instrumentation.googlegenai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After {@code next} of the iterator of a stream. */
public final class ChunkAdvice {

    private ChunkAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void read(
            @Advice.This Object chunks,
            @Advice.Return @Nullable Object chunk,
            @Advice.Thrown @Nullable Throwable error) {
        GoogleGenAiCalls.read(chunks, chunk, error);
    }
}
