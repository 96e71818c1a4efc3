package io.inferwatt.agent.instrumentation.langchain4j;

import net.bytebuddy.asm.Advice;

/** After {@code StreamingHandle.cancel}: nothing more comes of the answer. */
public final class CancelStreamAdvice {

    private CancelStreamAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void cancelled(@Advice.This Object handle) {
        ChatCalls.cancelled(handle);
    }
}
