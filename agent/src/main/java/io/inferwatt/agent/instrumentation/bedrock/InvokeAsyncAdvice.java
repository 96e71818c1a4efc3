package io.inferwatt.agent.instrumentation.bedrock;

import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;

/** Around {@code invokeModel} of the client that returns futures. */
public final class InvokeAsyncAdvice {

    private InvokeAsyncAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(
            @Advice.This AwsClient client, @Advice.Argument(0) @Nullable InvokeModelRequest request) {
        return BedrockCalls.invoke(client, request);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable CompletableFuture<?> answer,
            @Advice.Thrown @Nullable Throwable error) {
        BedrockCalls.promised(call, answer, error);
    }
}
