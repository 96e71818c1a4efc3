package io.inferwatt.agent.instrumentation.jpmml;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code ModelEvaluator.evaluate}. */
public final class JpmmlEvaluateAdvice {

    private JpmmlEvaluateAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.This Object evaluator) {
        return JpmmlCalls.start(evaluator);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        JpmmlCalls.finish(call, error);
    }
}
