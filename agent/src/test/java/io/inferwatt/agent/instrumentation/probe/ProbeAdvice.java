package io.inferwatt.agent.instrumentation.probe;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.core.call.ModelKey;
import net.bytebuddy.asm.Advice;

/** Records every call of any method as one of the model {@code probe}. */
public final class ProbeAdvice {

    private static final LibraryCalls CALLS = LibraryCalls.of("probe");
    private static final int KEY = CALLS.key("probe", ModelKey.INFERENCE, null, null);

    private ProbeAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter() {
        return CALLS.start(KEY, 1);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter Object call, @Advice.Thrown Throwable error) {
        CALLS.finish(call, error);
    }
}
