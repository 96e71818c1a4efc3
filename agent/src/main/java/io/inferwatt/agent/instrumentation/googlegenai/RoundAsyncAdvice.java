package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.genai.types.GenerateContentResponse;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the methods of {@code AsyncModels} that {@code generateContent} goes through for each request. */
public final class RoundAsyncAdvice {

    private RoundAsyncAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter() {
        return GoogleGenAiCalls.round();
    }

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static @Nullable CompletableFuture<?> exit(
            @Advice.Enter @Nullable Object generation,
            @Advice.Return @Nullable CompletableFuture<GenerateContentResponse> response) {
        return GoogleGenAiCalls.roundsLater(generation, response);
    }
}
