package io.inferwatt.agent.instrumentation.xgboost;

import ml.dmlc.xgboost4j.java.Booster;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After {@code Booster.setParam}, which all parameters pass; not when the library refused it. */
public final class XgbParameterAdvice {

    private XgbParameterAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void set(
            @Advice.This Booster booster,
            @Advice.Argument(0) @Nullable String parameter,
            @Advice.Argument(1) @Nullable Object value) {
        XGBoostCalls.parameterSet(booster, parameter, value);
    }
}
