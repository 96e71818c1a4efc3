package io.inferwatt.agent.instrumentation.langchain4j;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the methods of {@code ModerationModel} that ask. */
public final class ModerateAdvice {

    private ModerateAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This Object model) {
        return ChatCalls.moderate(model);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        ChatCalls.responded(call, null, error);
    }
}
