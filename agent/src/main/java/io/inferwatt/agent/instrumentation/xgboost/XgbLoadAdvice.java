package io.inferwatt.agent.instrumentation.xgboost;

import ml.dmlc.xgboost4j.java.Booster;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the two methods in which a model is read from a file or from bytes. */
public final class XgbLoadAdvice {

    private XgbLoadAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter() {
        return XGBoostCalls.beforeOtherWork();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object before, @Advice.Argument(0) Object source, @Advice.Return Booster booster) {
        XGBoostCalls.loaded(before, source, booster);
    }
}
