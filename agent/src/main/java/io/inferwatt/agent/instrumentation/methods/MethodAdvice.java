package io.inferwatt.agent.instrumentation.methods;

import io.inferwatt.agent.instrumentation.Picked;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a method that the settings name. */
public final class MethodAdvice {

    private MethodAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Picked.Site String site,
            @Advice.This(optional = true) @Nullable Object self,
            @Picked.Model @Nullable Object model,
            @Picked.Units @Nullable Object units,
            @Picked.Requests @Nullable Object requests) {
        return MethodCalls.start(site, self, model, units, requests);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Picked.Answer @Nullable Object returned,
            @Advice.Thrown @Nullable Throwable error) {
        MethodCalls.finish(call, returned, error);
    }
}
