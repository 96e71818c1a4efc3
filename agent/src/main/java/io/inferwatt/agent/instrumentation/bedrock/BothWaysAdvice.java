package io.inferwatt.agent.instrumentation.bedrock;

import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.core.SdkRequest;

/** Around {@code invokeModelWithBidirectionalStream}, which older versions do not have. */
public final class BothWaysAdvice {

    private BothWaysAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.This AwsClient client, @Advice.Argument(0) @Nullable SdkRequest request) {
        return BedrockCalls.invokeBothWays(client, request);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable CompletableFuture<?> answer,
            @Advice.Thrown @Nullable Throwable error) {
        BedrockCalls.promised(call, answer, error);
    }
}
