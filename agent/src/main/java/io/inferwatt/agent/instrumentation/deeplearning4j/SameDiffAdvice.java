package io.inferwatt.agent.instrumentation.deeplearning4j;

import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Around {@code SameDiff.directExecHelper}, which computes one batch. */
public final class SameDiffAdvice {

    private SameDiffAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.This SameDiff model,
            @Advice.Argument(0) @Nullable Map<String, ? extends @Nullable INDArray> inputs,
            @Advice.Argument(2) @Nullable At purpose) {
        return SameDiffCalls.start(model, inputs, purpose);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        SameDiffCalls.finish(call, error);
    }
}
