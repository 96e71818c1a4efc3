package io.inferwatt.agent.instrumentation.openai;

import com.openai.core.ClientOptions;
import com.openai.core.http.AsyncStreamResponse;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around methods that return a stream to subscribe to. */
public final class AsyncStreamAdvice {

    private AsyncStreamAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.FieldValue("clientOptions") ClientOptions client, @Advice.Argument(0) @Nullable Object params) {
        return OpenAiCalls.start(client, params);
    }

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static @Nullable AsyncStreamResponse<?> exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable AsyncStreamResponse<?> stream,
            @Advice.Thrown @Nullable Throwable error) {
        return OpenAiCalls.pushes(call, stream, error);
    }
}
