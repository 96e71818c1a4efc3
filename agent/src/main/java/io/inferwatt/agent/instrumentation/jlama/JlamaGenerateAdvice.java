package io.inferwatt.agent.instrumentation.jlama;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code AbstractModel.generate}. */
public final class JlamaGenerateAdvice {

    private JlamaGenerateAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.This Object model) {
        return JlamaCalls.start(model);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable Object response,
            @Advice.Thrown @Nullable Throwable error)
            throws ReflectiveOperationException {
        JlamaCalls.finish(call, response, error);
    }
}
