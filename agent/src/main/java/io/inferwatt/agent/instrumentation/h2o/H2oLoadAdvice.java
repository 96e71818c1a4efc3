package io.inferwatt.agent.instrumentation.h2o;

import hex.genmodel.MojoModel;
import net.bytebuddy.asm.Advice;

/** After {@code MojoModel.load} of a file or folder. */
public final class H2oLoadAdvice {

    private H2oLoadAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void loaded(@Advice.Argument(0) String file, @Advice.Return MojoModel model) {
        H2oCalls.loaded(file, model);
    }
}
