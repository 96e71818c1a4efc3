package io.inferwatt.agent.instrumentation.anthropic;

import com.anthropic.core.ClientOptions;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code create} of the services that wait for the message. */
public final class CreateAdvice {

    private CreateAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.FieldValue("clientOptions") ClientOptions client, @Advice.Argument(0) @Nullable Object params) {
        return AnthropicCalls.start(client, params);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable Object message,
            @Advice.Thrown @Nullable Throwable error) {
        AnthropicCalls.answered(call, message, error);
    }
}
