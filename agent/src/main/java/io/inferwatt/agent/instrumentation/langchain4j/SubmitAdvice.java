package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the handing over of one segment to the model's pool, on the thread that calls {@code embedAll}. */
public final class SubmitAdvice {

    private SubmitAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.This EmbeddingModel model, @Advice.Argument(0) @Nullable Object segment) {
        return LangChain4jCalls.submit(model, segment);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object task, @Advice.Thrown @Nullable Throwable error) {
        LangChain4jCalls.submitted(task, error);
    }
}
