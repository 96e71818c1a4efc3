package io.inferwatt.agent.instrumentation.openai;

import com.openai.core.ClientOptions;
import com.openai.core.http.StreamResponse;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around methods that return a stream, which is read while the answer comes. */
public final class StreamAdvice {

    private StreamAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.FieldValue("clientOptions") ClientOptions client, @Advice.Argument(0) @Nullable Object params) {
        return OpenAiCalls.start(client, params);
    }

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static @Nullable StreamResponse<?> exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable StreamResponse<?> stream,
            @Advice.Thrown @Nullable Throwable error) {
        return OpenAiCalls.streams(call, stream, error);
    }
}
