package io.inferwatt.agent.instrumentation.h2o;

import hex.genmodel.GenModel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the methods of {@code EasyPredictModelWrapper} that predict a row. */
public final class H2oPredictAdvice {

    private H2oPredictAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.FieldValue("m") GenModel model) {
        return H2oCalls.start(model);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        H2oCalls.finish(call, error);
    }
}
