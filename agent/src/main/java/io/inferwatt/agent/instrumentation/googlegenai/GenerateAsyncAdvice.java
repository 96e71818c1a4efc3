package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.genai.types.GenerateContentResponse;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code AsyncModels.generateContent}. */
public final class GenerateAsyncAdvice {

    private GenerateAsyncAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.FieldValue("apiClient") Object client, @Advice.Argument(0) @Nullable String model) {
        return GoogleGenAiCalls.generate(client, model);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object generation,
            @Advice.Return @Nullable CompletableFuture<GenerateContentResponse> response,
            @Advice.Thrown @Nullable Throwable error) {
        GoogleGenAiCalls.generatesLater(generation, response, error);
    }
}
