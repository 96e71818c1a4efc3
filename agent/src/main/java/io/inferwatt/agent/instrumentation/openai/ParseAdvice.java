package io.inferwatt.agent.instrumentation.openai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After {@code HttpResponseFor.parse}: what it returns may still be to be read. */
public final class ParseAdvice {

    private ParseAdvice() {}

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static @Nullable Object parsed(
            @Advice.This Object response,
            @Advice.Return @Nullable Object answer,
            @Advice.Thrown @Nullable Throwable error) {
        return RawResponses.parsed(response, answer, error);
    }
}
