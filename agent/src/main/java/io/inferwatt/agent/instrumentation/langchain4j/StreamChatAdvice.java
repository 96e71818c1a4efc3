package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code StreamingChatModel.doChat}, which gets a handler that sees the answer come. */
public final class StreamChatAdvice {

    private StreamChatAdvice() {}

    @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(1))
    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable StreamingChatResponseHandler enter(
            @Advice.This Object model,
            @Advice.Argument(0) @Nullable ChatRequest request,
            @Advice.Argument(1) @Nullable StreamingChatResponseHandler handler) {
        return ChatCalls.stream(model, request, handler);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object watchedHandler, @Advice.Thrown @Nullable Throwable error) {
        ChatCalls.streams(watchedHandler, error);
    }
}
