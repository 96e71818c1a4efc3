package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.genai.types.GenerateContentResponse;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the methods of {@code Models} that {@code generateContent} goes through for each request. */
public final class RoundAdvice {

    private RoundAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter() {
        return GoogleGenAiCalls.round();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object generation, @Advice.Return @Nullable GenerateContentResponse response) {
        GoogleGenAiCalls.rounded(generation, response);
    }
}
