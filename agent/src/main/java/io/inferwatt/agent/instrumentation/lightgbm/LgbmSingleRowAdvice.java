package io.inferwatt.agent.instrumentation.lightgbm;

import io.github.metarank.lightgbm4j.LGBMBooster;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code LGBMBooster.predictForMatSingleRow}, which takes microseconds. */
public final class LgbmSingleRowAdvice {

    private LgbmSingleRowAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.This LGBMBooster booster) {
        return LightGbmCalls.startSingleRow(booster);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        LightGbmCalls.finishSingleRow(call, error);
    }
}
