package io.inferwatt.agent.instrumentation.tensorflow;

import net.bytebuddy.asm.Advice;
import org.tensorflow.Session;

/** After {@code Session.close}, which waits for the runs in flight. */
public final class SessionCloseAdvice {

    private SessionCloseAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void closed(@Advice.This Session session) {
        TensorFlowCalls.closed(session);
    }
}
