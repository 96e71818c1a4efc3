package io.inferwatt.agent.instrumentation.tensorflow;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Session;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.proto.ConfigProto;

/** Around the constructor that starts a session on a graph. */
public final class SessionAdvice {

    private SessionAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter() {
        return TensorFlowCalls.beforeEngine();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object before,
            @Advice.This Session session,
            @Advice.FieldValue("nativeHandle") TF_Session handle,
            @Advice.Argument(2) @Nullable ConfigProto config) {
        TensorFlowCalls.opened(before, session, handle, config);
    }
}
