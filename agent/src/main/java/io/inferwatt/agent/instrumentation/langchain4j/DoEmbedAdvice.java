package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code EmbeddingModel.doEmbed}. */
public final class DoEmbedAdvice {

    private DoEmbedAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.This EmbeddingModel model, @Advice.Argument(0) @Nullable EmbeddingRequest request) {
        return LangChain4jCalls.startRequest(model, request);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable EmbeddingResponse response,
            @Advice.Thrown @Nullable Throwable error) {
        LangChain4jCalls.finish(call, response, error);
    }
}
