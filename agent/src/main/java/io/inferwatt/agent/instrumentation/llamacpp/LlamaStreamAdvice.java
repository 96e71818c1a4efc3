package io.inferwatt.agent.instrumentation.llamacpp;

import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import net.bytebuddy.asm.Advice;

/** After the constructor of {@code LlamaIterator}, which has sent the request; one that failed has begun nothing. */
public final class LlamaStreamAdvice {

    private LlamaStreamAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void begun(@Advice.This LlamaIterator stream, @Advice.Argument(0) LlamaModel model) {
        LlamaCppCalls.streamBegun(stream, model);
    }
}
