package io.inferwatt.agent.instrumentation.xgboost;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a round of training or its evaluation, which may call {@code predict} and are no inference. */
public final class XgbTrainAdvice {

    private XgbTrainAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter() {
        return XGBoostCalls.beforeTraining();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object training) {
        XGBoostCalls.afterTraining(training);
    }
}
