package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the embedding of one segment on a thread of the model's pool. */
public final class WorkAdvice {

    private WorkAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.This EmbeddingModel model, @Advice.Argument(0) @Nullable Object segment) {
        return LangChain4jCalls.work(model, segment);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object task) {
        LangChain4jCalls.worked(task);
    }
}
