package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.output.Response;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code ScoringModel.scoreAll}. */
public final class ScoreAdvice {

    private ScoreAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This Object model, @Advice.Argument(0) @Nullable List<?> segments) {
        return ChatCalls.score(model, segments);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable Response<?> response,
            @Advice.Thrown @Nullable Throwable error) {
        ChatCalls.responded(call, response, error);
    }
}
