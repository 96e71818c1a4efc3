package io.inferwatt.agent.instrumentation.openai;

import net.bytebuddy.asm.Advice;

/** After {@code HttpResponse.body}, when the application asks for it. */
public final class BodyAdvice {

    private BodyAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void taken(@Advice.This Object response) {
        RawResponses.bodyTaken(response);
    }
}
