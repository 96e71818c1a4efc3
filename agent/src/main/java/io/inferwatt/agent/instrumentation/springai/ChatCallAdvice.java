package io.inferwatt.agent.instrumentation.springai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/** Around {@code ChatModel.call}. */
public final class ChatCallAdvice {

    private ChatCallAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This Object model, @Advice.Argument(0) @Nullable Prompt prompt) {
        return ChatCalls.call(model, prompt);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.This Object model,
            @Advice.Return @Nullable ChatResponse response,
            @Advice.Thrown @Nullable Throwable error) {
        ChatCalls.answered(call, model, response, error);
    }
}
