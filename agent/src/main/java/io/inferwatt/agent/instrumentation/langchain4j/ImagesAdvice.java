package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.output.Response;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code ImageModel.generate} of several images. */
public final class ImagesAdvice {

    private ImagesAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This Object model, @Advice.Argument(1) int number) {
        return ChatCalls.images(model, number);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable Response<?> response,
            @Advice.Thrown @Nullable Throwable error) {
        ChatCalls.responded(call, response, error);
    }
}
