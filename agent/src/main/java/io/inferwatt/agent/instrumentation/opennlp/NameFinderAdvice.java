package io.inferwatt.agent.instrumentation.opennlp;

import net.bytebuddy.asm.Advice;
import opennlp.tools.namefind.NameFinderME;
import org.jspecify.annotations.Nullable;

/** Around {@code NameFinderME.find}. */
public final class NameFinderAdvice {

    private NameFinderAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This NameFinderME finder) {
        return OpenNlpCalls.find(finder);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        OpenNlpCalls.finish(call, error);
    }
}
