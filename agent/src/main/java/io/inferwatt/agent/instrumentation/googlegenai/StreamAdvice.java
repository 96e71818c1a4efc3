package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.genai.ResponseStream;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code Models.generateContentStream}. */
public final class StreamAdvice {

    private StreamAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.FieldValue("apiClient") Object client, @Advice.Argument(0) @Nullable String model) {
        return GoogleGenAiCalls.stream(client, model);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable ResponseStream<?> chunks,
            @Advice.Thrown @Nullable Throwable error) {
        GoogleGenAiCalls.streams(call, chunks, error);
    }
}
