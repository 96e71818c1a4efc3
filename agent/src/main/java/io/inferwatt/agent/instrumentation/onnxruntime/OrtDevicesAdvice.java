package io.inferwatt.agent.instrumentation.onnxruntime;

import ai.onnxruntime.OrtSession;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** After devices were chosen from those that the library found. */
public final class OrtDevicesAdvice {

    private OrtDevicesAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void added(@Advice.This OrtSession.SessionOptions options, @Advice.Argument(0) List<?> devices) {
        OnnxRuntimeCalls.devicesAdded(options, devices);
    }
}
