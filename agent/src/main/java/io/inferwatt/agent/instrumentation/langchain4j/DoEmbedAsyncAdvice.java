package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code EmbeddingModel.doEmbedAsync}, which there is since 1.23. */
public final class DoEmbedAsyncAdvice {

    private DoEmbedAsyncAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.This EmbeddingModel model, @Advice.Argument(0) @Nullable EmbeddingRequest request) {
        return LangChain4jCalls.startRequest(model, request);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable CompletableFuture<EmbeddingResponse> answer,
            @Advice.Thrown @Nullable Throwable error) {
        LangChain4jCalls.answersLater(call, answer, error);
    }
}
