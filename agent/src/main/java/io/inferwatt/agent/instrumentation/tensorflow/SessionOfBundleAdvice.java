package io.inferwatt.agent.instrumentation.tensorflow;

import net.bytebuddy.asm.Advice;
import org.tensorflow.Session;
import org.tensorflow.internal.c_api.TF_Session;

/** After the constructor that takes over the native session of a saved model. */
public final class SessionOfBundleAdvice {

    private SessionOfBundleAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void opened(@Advice.This Session session, @Advice.Argument(1) TF_Session handle) {
        TensorFlowCalls.opened(session, handle);
    }
}
