package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.StreamingResponseHandler;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code StreamingLanguageModel.generate}, which gets a handler that sees the text come. */
public final class StreamTextAdvice {

    private StreamTextAdvice() {}

    @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(1))
    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable StreamingResponseHandler<?> enter(
            @Advice.This Object model, @Advice.Argument(1) @Nullable StreamingResponseHandler<?> handler) {
        return ChatCalls.streamText(model, handler);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object watchedHandler, @Advice.Thrown @Nullable Throwable error) {
        ChatCalls.streams(watchedHandler, error);
    }
}
