package io.inferwatt.agent.instrumentation.llamacpp;

import de.kherud.llama.LlamaModel;
import net.bytebuddy.asm.Advice;

/** Before {@code LlamaModel.close}. */
public final class LlamaCloseAdvice {

    private LlamaCloseAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static void enter(@Advice.This LlamaModel model) {
        LlamaCppCalls.closed(model);
    }
}
