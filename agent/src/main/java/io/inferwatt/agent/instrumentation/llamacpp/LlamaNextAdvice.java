package io.inferwatt.agent.instrumentation.llamacpp;

import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaOutput;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code LlamaIterator.next}. */
public final class LlamaNextAdvice {

    private LlamaNextAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This LlamaIterator stream) {
        return LlamaCppCalls.attach(stream);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object part,
            @Advice.This LlamaIterator stream,
            @Advice.Return @Nullable LlamaOutput output,
            @Advice.Thrown @Nullable Throwable error) {
        LlamaCppCalls.received(part, stream, output, error);
    }
}
