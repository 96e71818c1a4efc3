package io.inferwatt.agent.instrumentation.catboost;

import ai.catboost.CatBoostModel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the four methods that predict one row. */
public final class CatBoostRowAdvice {

    private CatBoostRowAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.This CatBoostModel model) {
        return CatBoostCalls.start(model, 1);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        CatBoostCalls.finish(call, error);
    }
}
