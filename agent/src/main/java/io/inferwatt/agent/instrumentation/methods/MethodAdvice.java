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
            @Picked.ModelBits long modelBits,
            @Picked.Units @Nullable Object units,
            @Picked.UnitsNumber long unitsNumber,
            @Picked.Requests @Nullable Object requests,
            @Picked.RequestsNumber long requestsNumber) {
        return MethodCalls.start(site, self, model, modelBits, units, unitsNumber, requests, requestsNumber);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Picked.Answer @Nullable Object returned,
            @Advice.Thrown @Nullable Throwable error) {
        MethodCalls.finish(call, returned, error);
    }
}
