package io.inferwatt.agent.instrumentation.lightgbm;

import io.github.metarank.lightgbm4j.LGBMBooster;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code LGBMBooster.predictForMat}. */
public final class LgbmPredictAdvice {

    private LgbmPredictAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.This LGBMBooster booster, @Advice.Argument(1) int rows) {
        return LightGbmCalls.start(booster, rows);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        LightGbmCalls.finish(call, error);
    }
}
