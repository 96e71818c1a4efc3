package io.inferwatt.agent.instrumentation.onnxruntime;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code OrtSession.run}. */
public final class OrtRunAdvice {

    private OrtRunAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.This OrtSession session,
            @Advice.Argument(0) @Nullable Map<String, ? extends @Nullable OnnxTensorLike> inputs) {
        return OnnxRuntimeCalls.start(session, inputs);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        OnnxRuntimeCalls.finish(call, error);
    }
}
