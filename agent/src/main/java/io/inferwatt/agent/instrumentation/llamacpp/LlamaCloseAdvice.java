package io.inferwatt.agent.instrumentation.llamacpp;

import de.kherud.llama.LlamaModel;
import net.bytebuddy.asm.Advice;

/** After {@code LlamaModel.close}. */
public final class LlamaCloseAdvice {

    private LlamaCloseAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void closed(@Advice.This LlamaModel model) {
        LlamaCppCalls.closed(model);
    }
}
