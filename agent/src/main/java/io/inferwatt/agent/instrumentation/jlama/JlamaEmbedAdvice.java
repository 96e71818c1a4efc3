package io.inferwatt.agent.instrumentation.jlama;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code AbstractModel.embed} and {@code classify}, which report no tokens. */
public final class JlamaEmbedAdvice {

    private JlamaEmbedAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.This Object model) {
        return JlamaCalls.start(model);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error)
            throws ReflectiveOperationException {
        JlamaCalls.finish(call, null, error);
    }
}
