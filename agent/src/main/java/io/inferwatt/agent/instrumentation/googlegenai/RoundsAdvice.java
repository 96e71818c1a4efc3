package io.inferwatt.agent.instrumentation.googlegenai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around each pass of {@code AsyncModels} through its loop of requests and function calls, on whatever thread. */
public final class RoundsAdvice {

    private RoundsAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.Argument(3) @Nullable Object functions) {
        return GoogleGenAiCalls.goOn(functions);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object generation) {
        GoogleGenAiCalls.wentOn(generation);
    }
}
