package io.inferwatt.agent.instrumentation.catboost;

import ai.catboost.CatBoostModel;
import net.bytebuddy.asm.Advice;

/** After the methods that load a model from a file, bytes or a stream. */
public final class CatBoostLoadAdvice {

    private CatBoostLoadAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void loaded(@Advice.Argument(0) Object source, @Advice.Return CatBoostModel model) {
        CatBoostCalls.loaded(source, model);
    }
}
