package io.inferwatt.agent.instrumentation.llamacpp;

import de.kherud.llama.LlamaModel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code LlamaModel.rerank}. */
public final class LlamaRerankAdvice {

    private LlamaRerankAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.This LlamaModel model, @Advice.Argument(2) String @Nullable [] documents) {
        return LlamaCppCalls.start(model, documents == null ? 1 : documents.length);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        LlamaCppCalls.finish(call, error);
    }
}
