package io.inferwatt.agent.instrumentation.xgboost;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the constructors of {@code DMatrix}: often the first that start the threads of a calling thread. */
public final class XgbMatrixAdvice {

    private XgbMatrixAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter() {
        return XGBoostCalls.beforeOtherWork();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object before) {
        XGBoostCalls.afterOtherWork(before);
    }
}
