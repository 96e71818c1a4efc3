package io.inferwatt.agent.instrumentation.tensorflow;

import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Tensor;

/** Around the call of a function with tensors, which is always eager. */
public final class FunctionAdvice {

    private FunctionAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.This ConcreteFunction function,
            @Advice.Argument(0) @Nullable Map<String, ? extends @Nullable Tensor> inputs) {
        return TensorFlowCalls.start(function, inputs);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        TensorFlowCalls.finish(call, error);
    }
}
