package io.inferwatt.agent.instrumentation.deeplearning4j;

import io.inferwatt.agent.instrumentation.NoInference;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around what trains a network or compares its answers with the right ones, and may ask for them by methods of inference. */
public final class NetworkLearningAdvice {

    private NetworkLearningAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter() {
        return NoInference.begin();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object begun) {
        NoInference.end(begun);
    }
}
