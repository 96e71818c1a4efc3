package io.inferwatt.agent.instrumentation.deeplearning4j;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code init} of a network. */
public final class InitAdvice {

    private InitAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter() {
        return Nd4jEngine.beforeInit();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object before) {
        Nd4jEngine.initialised(before);
    }
}
