package io.inferwatt.agent.instrumentation.deeplearning4j;

import net.bytebuddy.asm.Advice;

/** Around {@code init} of a network. */
public final class InitAdvice {

    private InitAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static void enter() {
        Nd4jEngine.beforeInit();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void initialised() {
        Nd4jEngine.initialised();
    }
}
