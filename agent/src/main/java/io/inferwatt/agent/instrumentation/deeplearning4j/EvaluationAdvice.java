package io.inferwatt.agent.instrumentation.deeplearning4j;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around what compares a network's answers with the right ones, and asks for them by methods of inference. */
public final class EvaluationAdvice {

    private EvaluationAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter() {
        return DeepLearning4jCalls.beginEvaluation();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object begun) {
        DeepLearning4jCalls.endEvaluation(begun);
    }
}
