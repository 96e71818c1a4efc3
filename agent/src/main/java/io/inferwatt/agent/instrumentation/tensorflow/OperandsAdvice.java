package io.inferwatt.agent.instrumentation.tensorflow;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.op.Scope;

/** Around the call of a function with operands, which computes at once or only adds to a graph. */
public final class OperandsAdvice {

    private OperandsAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.This ConcreteFunction function, @Advice.Argument(0) @Nullable Scope scope) {
        return TensorFlowCalls.start(function, scope);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        TensorFlowCalls.finish(call, error);
    }
}
