package io.inferwatt.agent.instrumentation.openai;

import com.openai.core.ClientOptions;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around methods that return the future of an answer. */
public final class FutureAdvice {

    private FutureAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.FieldValue("clientOptions") ClientOptions client, @Advice.Argument(0) @Nullable Object params) {
        return OpenAiCalls.start(client, params);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable CompletableFuture<?> answer,
            @Advice.Thrown @Nullable Throwable error) {
        OpenAiCalls.promised(call, answer, error);
    }
}
