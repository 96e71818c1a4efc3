package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.output.Response;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the methods of {@code ImageModel} that make or change one image. */
public final class ImageAdvice {

    private ImageAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This Object model) {
        return ChatCalls.images(model, 1);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable Response<?> response,
            @Advice.Thrown @Nullable Throwable error) {
        ChatCalls.responded(call, response, error);
    }
}
