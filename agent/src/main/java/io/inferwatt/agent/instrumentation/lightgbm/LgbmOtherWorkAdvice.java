package io.inferwatt.agent.instrumentation.lightgbm;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the making of data sets and a round of training, which may start the threads of a calling thread. */
public final class LgbmOtherWorkAdvice {

    private LgbmOtherWorkAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter() {
        return LightGbmCalls.beforeOtherWork();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object before) {
        LightGbmCalls.afterOtherWork(before);
    }
}
