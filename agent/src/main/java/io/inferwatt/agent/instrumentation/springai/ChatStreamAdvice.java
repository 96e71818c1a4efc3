package io.inferwatt.agent.instrumentation.springai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** After {@code ChatModel.stream}: what it returns asks the model each time somebody subscribes. */
public final class ChatStreamAdvice {

    private ChatStreamAdvice() {}

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static @Nullable Flux<ChatResponse> streamed(
            @Advice.This Object model,
            @Advice.Argument(0) @Nullable Prompt prompt,
            @Advice.Return @Nullable Flux<ChatResponse> answer) {
        return answer == null ? null : ChatCalls.streamed(model, prompt, answer);
    }
}
