package io.inferwatt.agent.instrumentation.openai;

import net.bytebuddy.asm.Advice;

/** After {@code HttpResponse.close}. */
public final class CloseAdvice {

    private CloseAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void closed(@Advice.This Object response) {
        RawResponses.closed(response);
    }
}
