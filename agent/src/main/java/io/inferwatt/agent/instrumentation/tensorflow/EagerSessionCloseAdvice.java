package io.inferwatt.agent.instrumentation.tensorflow;

import net.bytebuddy.asm.Advice;
import org.tensorflow.EagerSession;

/** After the private {@code EagerSession.doClose}, which the default session never reaches. */
public final class EagerSessionCloseAdvice {

    private EagerSessionCloseAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void closed(@Advice.This EagerSession session) {
        TensorFlowCalls.closed(session);
    }
}
