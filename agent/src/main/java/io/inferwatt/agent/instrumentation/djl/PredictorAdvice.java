package io.inferwatt.agent.instrumentation.djl;

import ai.djl.Model;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code Predictor.batchPredict}. */
public final class PredictorAdvice {

    private PredictorAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.FieldValue("model") Model model, @Advice.Argument(0) @Nullable List<?> inputs) {
        return DjlCalls.start(model, inputs);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        DjlCalls.finish(call, error);
    }
}
