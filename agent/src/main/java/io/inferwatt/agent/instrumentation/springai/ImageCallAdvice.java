package io.inferwatt.agent.instrumentation.springai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.image.ImagePrompt;

/** Around {@code ImageModel.call}. */
public final class ImageCallAdvice {

    private ImageCallAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This Object model, @Advice.Argument(0) @Nullable ImagePrompt prompt) {
        return ChatCalls.images(model, prompt);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        ChatCalls.finish(call, error);
    }
}
