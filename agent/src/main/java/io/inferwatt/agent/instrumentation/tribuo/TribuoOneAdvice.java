package io.inferwatt.agent.instrumentation.tribuo;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.tribuo.Model;

/** Around {@code predict} of one example. */
public final class TribuoOneAdvice {

    private TribuoOneAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This Model<?> model) {
        return TribuoCalls.start(model, 1);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        TribuoCalls.finish(call, error);
    }
}
