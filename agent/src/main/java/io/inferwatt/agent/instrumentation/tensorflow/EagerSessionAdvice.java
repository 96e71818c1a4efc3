package io.inferwatt.agent.instrumentation.tensorflow;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.tensorflow.EagerSession;
import org.tensorflow.internal.c_api.TFE_Context;

/** Around the constructor of {@code EagerSession}. */
public final class EagerSessionAdvice {

    private EagerSessionAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter() {
        return TensorFlowCalls.beforeEngine();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object before,
            @Advice.This EagerSession session,
            @Advice.FieldValue("nativeHandle") TFE_Context handle) {
        TensorFlowCalls.opened(before, session, handle);
    }
}
