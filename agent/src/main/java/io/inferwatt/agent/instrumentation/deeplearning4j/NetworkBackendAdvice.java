package io.inferwatt.agent.instrumentation.deeplearning4j;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code Nd4j.initContext}, which loads the engine; for networks, which may be metered alone. */
public final class NetworkBackendAdvice {

    private NetworkBackendAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter() {
        return Nd4jEngine.beforeLoad();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object before) {
        Nd4jEngine.loaded(before);
    }
}
