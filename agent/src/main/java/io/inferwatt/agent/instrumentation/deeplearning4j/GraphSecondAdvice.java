package io.inferwatt.agent.instrumentation.deeplearning4j;

import net.bytebuddy.asm.Advice;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Around the methods of a {@code ComputationGraph} whose second argument is its inputs. */
public final class GraphSecondAdvice {

    private GraphSecondAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.This Model network, @Advice.Argument(1) @Nullable INDArray @Nullable [] inputs) {
        return DeepLearning4jCalls.start(network, inputs);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        DeepLearning4jCalls.finish(call, error);
    }
}
