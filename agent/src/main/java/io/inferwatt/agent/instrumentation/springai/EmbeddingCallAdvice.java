package io.inferwatt.agent.instrumentation.springai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/** Around {@code EmbeddingModel.call}. */
public final class EmbeddingCallAdvice {

    private EmbeddingCallAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.This Object model, @Advice.Argument(0) @Nullable EmbeddingRequest request) {
        return SpringAiCalls.start(model, request);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.This Object model,
            @Advice.Argument(0) @Nullable EmbeddingRequest request,
            @Advice.Return @Nullable EmbeddingResponse response,
            @Advice.Thrown @Nullable Throwable error) {
        SpringAiCalls.finish(call, model, request, response, error);
    }
}
