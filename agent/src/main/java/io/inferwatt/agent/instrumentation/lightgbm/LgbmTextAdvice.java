package io.inferwatt.agent.instrumentation.lightgbm;

import io.github.metarank.lightgbm4j.LGBMBooster;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code LGBMBooster.loadModelFromString}, which takes the text of a model file. */
public final class LgbmTextAdvice {

    private LgbmTextAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter() {
        return LightGbmCalls.beforeOtherWork();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object before,
            @Advice.Argument(0) String model,
            @Advice.Return LGBMBooster booster) {
        LightGbmCalls.loadedFromText(before, model, booster);
    }
}
