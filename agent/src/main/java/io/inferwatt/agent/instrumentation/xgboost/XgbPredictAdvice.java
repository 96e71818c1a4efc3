package io.inferwatt.agent.instrumentation.xgboost;

import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the private {@code Booster.predict}. */
public final class XgbPredictAdvice {

    private XgbPredictAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This Booster booster, @Advice.Argument(0) @Nullable DMatrix data) {
        return XGBoostCalls.start(booster, data);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        XGBoostCalls.finish(call, error);
    }
}
