package io.inferwatt.agent.instrumentation.jpmml;

import java.io.File;
import net.bytebuddy.asm.Advice;

/** After a builder of evaluators has read a file. */
public final class JpmmlLoadAdvice {

    private JpmmlLoadAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void loaded(@Advice.This Object builder, @Advice.Argument(0) File file) {
        JpmmlCalls.loaded(builder, file);
    }
}
