package io.inferwatt.agent.instrumentation.onnxruntime;

import ai.onnxruntime.OrtSession;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the constructors of {@code OrtSession}; a session that failed to open is not remembered. */
public final class OrtCreateAdvice {

    private OrtCreateAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter() {
        return OnnxRuntimeCalls.beforeSession();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object before,
            @Advice.This OrtSession session,
            @Advice.Argument(1) Object model,
            @Advice.Argument(3) OrtSession.SessionOptions options) {
        OnnxRuntimeCalls.opened(before, session, model, options);
    }
}
