package io.inferwatt.agent.instrumentation.llamacpp;

import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the constructor of {@code LlamaModel}; a model that failed to load is not remembered. */
public final class LlamaOpenAdvice {

    private LlamaOpenAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter() {
        return LlamaCppCalls.beforeModel();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object before,
            @Advice.This LlamaModel model,
            @Advice.Argument(0) ModelParameters parameters) {
        LlamaCppCalls.opened(before, model, parameters);
    }
}
