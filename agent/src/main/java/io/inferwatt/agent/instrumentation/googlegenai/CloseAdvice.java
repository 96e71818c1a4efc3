package io.inferwatt.agent.instrumentation.googlegenai;

import net.bytebuddy.asm.Advice;

/** After {@code ResponseStream.close}. */
public final class CloseAdvice {

    private CloseAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void closed(@Advice.This Object chunks) {
        GoogleGenAiCalls.closed(chunks);
    }
}
