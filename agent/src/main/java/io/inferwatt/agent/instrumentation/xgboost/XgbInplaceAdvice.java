package io.inferwatt.agent.instrumentation.xgboost;

import ml.dmlc.xgboost4j.java.Booster;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code Booster.inplace_predict}, which takes the rows as an array. */
public final class XgbInplaceAdvice {

    private XgbInplaceAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This Booster booster, @Advice.Argument(1) int rows) {
        return XGBoostCalls.start(booster, rows);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        XGBoostCalls.finish(call, error);
    }
}
