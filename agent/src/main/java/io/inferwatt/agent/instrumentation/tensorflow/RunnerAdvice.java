package io.inferwatt.agent.instrumentation.tensorflow;

import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.Tensor;

/** Around {@code Session.Runner.run} and {@code runAndFetchMetadata}. */
public final class RunnerAdvice {

    private RunnerAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.FieldValue("this$0") Session session,
            @Advice.FieldValue("outputs") List<Output<?>> fetched,
            @Advice.FieldValue("targets") List<GraphOperation> targets,
            @Advice.FieldValue("inputTensors") List<? extends @Nullable Tensor> inputs) {
        return TensorFlowCalls.start(session, fetched, targets, inputs);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        TensorFlowCalls.finish(call, error);
    }
}
