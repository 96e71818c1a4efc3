package io.inferwatt.agent.instrumentation.tribuo;

import io.inferwatt.agent.instrumentation.NoInference;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around training and evaluation, which may call {@code predict} and are no inference. */
public final class TribuoLearningAdvice {

    private TribuoLearningAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter() {
        return NoInference.begin();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object begun) {
        NoInference.end(begun);
    }
}
