package io.inferwatt.agent.instrumentation.llamacpp;

import de.kherud.llama.LlamaModel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code LlamaModel.complete}. */
public final class LlamaCompleteAdvice {

    private LlamaCompleteAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.This LlamaModel model) {
        return LlamaCppCalls.start(model, 1);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        LlamaCppCalls.finish(call, error);
    }
}
