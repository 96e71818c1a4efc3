package io.inferwatt.agent.instrumentation.djl;

import ai.djl.Model;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code Predictor.streamingPredict}. */
public final class StreamAdvice {

    private StreamAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.FieldValue("model") Model model) {
        return DjlCalls.startStream(model);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        DjlCalls.streamReturned(call, error);
    }
}
