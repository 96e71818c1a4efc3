package io.inferwatt.agent.instrumentation.bedrock;

import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;

/** Around {@code converse} of the client that returns futures. */
public final class ConverseAsyncAdvice {

    private ConverseAsyncAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.This AwsClient client, @Advice.Argument(0) @Nullable ConverseRequest request) {
        return BedrockCalls.converse(client, request);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable CompletableFuture<?> answer,
            @Advice.Thrown @Nullable Throwable error) {
        BedrockCalls.promised(call, answer, error);
    }
}
