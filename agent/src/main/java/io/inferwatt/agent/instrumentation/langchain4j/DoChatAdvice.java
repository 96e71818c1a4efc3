package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code ChatModel.doChat}. */
public final class DoChatAdvice {

    private DoChatAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This Object model, @Advice.Argument(0) @Nullable ChatRequest request) {
        return ChatCalls.chat(model, request);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable ChatResponse response,
            @Advice.Thrown @Nullable Throwable error) {
        ChatCalls.answered(call, response, error);
    }
}
