package io.inferwatt.agent.instrumentation.onnxruntime;

import ai.onnxruntime.OrtSession;
import net.bytebuddy.asm.Advice;

/** After {@code OrtSession.close}. */
public final class OrtCloseAdvice {

    private OrtCloseAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void closed(@Advice.This OrtSession session) {
        OnnxRuntimeCalls.closed(session);
    }
}
