package io.inferwatt.agent.instrumentation.llamacpp;

import de.kherud.llama.LlamaIterator;
import net.bytebuddy.asm.Advice;

/** After {@code LlamaIterator.cancel}. */
public final class LlamaCancelAdvice {

    private LlamaCancelAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void cancelled(@Advice.This LlamaIterator stream) {
        LlamaCppCalls.cancelled(stream);
    }
}
