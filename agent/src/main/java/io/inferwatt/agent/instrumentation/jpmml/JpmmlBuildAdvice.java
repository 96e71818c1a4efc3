package io.inferwatt.agent.instrumentation.jpmml;

import net.bytebuddy.asm.Advice;

/** After a builder has made an evaluator. */
public final class JpmmlBuildAdvice {

    private JpmmlBuildAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void built(@Advice.This Object builder, @Advice.Return Object evaluator) {
        JpmmlCalls.built(builder, evaluator);
    }
}
