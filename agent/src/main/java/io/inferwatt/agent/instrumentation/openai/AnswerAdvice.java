package io.inferwatt.agent.instrumentation.openai;

import com.openai.core.ClientOptions;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around methods that return an answer. */
public final class AnswerAdvice {

    private AnswerAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.FieldValue("clientOptions") ClientOptions client, @Advice.Argument(0) @Nullable Object params) {
        return OpenAiCalls.start(client, params);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable Object answer,
            @Advice.Thrown @Nullable Throwable error) {
        OpenAiCalls.answered(call, answer, error);
    }
}
