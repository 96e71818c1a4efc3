package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.genai.types.GenerateImagesConfig;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code Models.generateImages}. */
public final class ImagesAdvice {

    private ImagesAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.FieldValue("apiClient") Object client,
            @Advice.Argument(0) @Nullable String model,
            @Advice.Argument(2) @Nullable GenerateImagesConfig config) {
        return GoogleGenAiCalls.makeImages(client, model, config);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        GoogleGenAiCalls.madeImages(call, error);
    }
}
