package io.inferwatt.agent.instrumentation.onnxruntime;

import ai.onnxruntime.OrtSession;
import net.bytebuddy.asm.Advice;

/** Before {@code OrtSession.close}. */
public final class OrtCloseAdvice {

    private OrtCloseAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static void enter(@Advice.This OrtSession session) {
        OnnxRuntimeCalls.closed(session);
    }
}
