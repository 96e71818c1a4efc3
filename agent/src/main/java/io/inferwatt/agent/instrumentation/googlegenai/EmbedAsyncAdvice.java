package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.genai.types.EmbedContentResponse;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code AsyncModels.embedContent}. */
public final class EmbedAsyncAdvice {

    private EmbedAsyncAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.FieldValue("apiClient") Object client,
            @Advice.Argument(0) @Nullable String model,
            @Advice.Argument(1) @Nullable Object inputs) {
        return GoogleGenAiCalls.embed(client, model, inputs);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable CompletableFuture<EmbedContentResponse> response,
            @Advice.Thrown @Nullable Throwable error) {
        GoogleGenAiCalls.embedsLater(call, response, error);
    }
}
