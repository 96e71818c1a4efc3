package io.inferwatt.agent.instrumentation.googlegenai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After {@code hasNext} of the iterator of a stream. */
public final class MoreAdvice {

    private MoreAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void asked(
            @Advice.This Object chunks, @Advice.Return boolean more, @Advice.Thrown @Nullable Throwable error) {
        GoogleGenAiCalls.asked(chunks, more, error);
    }
}
