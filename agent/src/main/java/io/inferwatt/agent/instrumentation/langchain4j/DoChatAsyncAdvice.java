package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code ChatModel.doChatAsync}, which there is since 1.23. */
public final class DoChatAsyncAdvice {

    private DoChatAsyncAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This Object model, @Advice.Argument(0) @Nullable ChatRequest request) {
        return ChatCalls.chat(model, request);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable CompletableFuture<ChatResponse> answer,
            @Advice.Thrown @Nullable Throwable error) {
        ChatCalls.answersLater(call, answer, error);
    }
}
