package io.inferwatt.agent.instrumentation.tribuo;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.tribuo.Model;

/** Around {@code predict} of a list or a data set. */
public final class TribuoManyAdvice {

    private TribuoManyAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.This Model<?> model, @Advice.Argument(0) @Nullable Iterable<?> examples) {
        return TribuoCalls.start(model, examples);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        TribuoCalls.finish(call, error);
    }
}
