package io.inferwatt.agent.instrumentation.opennlp;

import io.inferwatt.agent.instrumentation.NoInference;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the evaluation of a sample, which asks a tool for its answer and is no inference. */
public final class EvaluationAdvice {

    private EvaluationAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter() {
        return NoInference.begin();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object begun) {
        NoInference.end(begun);
    }
}
