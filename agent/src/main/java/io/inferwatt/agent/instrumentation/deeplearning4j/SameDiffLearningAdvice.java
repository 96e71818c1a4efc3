package io.inferwatt.agent.instrumentation.deeplearning4j;

import io.inferwatt.agent.instrumentation.NoInference;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Like {@link NetworkLearningAdvice}, for SameDiff, which may be metered alone: networks may have layers of it. */
public final class SameDiffLearningAdvice {

    private SameDiffLearningAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter() {
        return NoInference.begin();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object begun) {
        NoInference.end(begun);
    }
}
