package io.inferwatt.agent.instrumentation.jlama;

import java.io.File;
import net.bytebuddy.asm.Advice;

/** After {@code ModelSupport.loadModel}; a model that failed to load is not remembered. */
public final class JlamaLoadAdvice {

    private JlamaLoadAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void loaded(@Advice.Return Object model, @Advice.Argument(1) File folder) {
        JlamaCalls.loaded(model, folder);
    }
}
