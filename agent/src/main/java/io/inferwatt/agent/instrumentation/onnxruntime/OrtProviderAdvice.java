package io.inferwatt.agent.instrumentation.onnxruntime;

import ai.onnxruntime.OrtSession;
import net.bytebuddy.asm.Advice;

/** After a device was chosen; not when that failed, as {@code addCUDA} does where there is none. */
public final class OrtProviderAdvice {

    private OrtProviderAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void added(@Advice.This OrtSession.SessionOptions options, @Advice.Origin("#m") String method) {
        OnnxRuntimeCalls.providerAdded(options, method);
    }
}
