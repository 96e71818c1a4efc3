package io.inferwatt.agent.instrumentation.lightgbm;

import io.github.metarank.lightgbm4j.LGBMBooster;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code LGBMBooster.createFromModelfile}. */
public final class LgbmFileAdvice {

    private LgbmFileAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter() {
        return LightGbmCalls.beforeOtherWork();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object before,
            @Advice.Argument(0) String file,
            @Advice.Return LGBMBooster booster) {
        LightGbmCalls.loadedFromFile(before, file, booster);
    }
}
