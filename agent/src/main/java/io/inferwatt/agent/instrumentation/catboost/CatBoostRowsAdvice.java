package io.inferwatt.agent.instrumentation.catboost;

import ai.catboost.CatBoostModel;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around the four methods that predict rows, whose number is that of the numeric or of the categoric features. */
public final class CatBoostRowsAdvice {

    private CatBoostRowsAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.This CatBoostModel model,
            @Advice.Argument(0) float @Nullable [] @Nullable [] numeric,
            @Advice.Argument(value = 1, typing = Assigner.Typing.DYNAMIC) Object @Nullable [] categoric) {
        return CatBoostCalls.start(model, numeric, categoric);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        CatBoostCalls.finish(call, error);
    }
}
