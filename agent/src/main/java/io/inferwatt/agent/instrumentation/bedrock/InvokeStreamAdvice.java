package io.inferwatt.agent.instrumentation.bedrock;

import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;

/** Around {@code invokeModelWithResponseStream}; the enter value is the handler that is watched. */
public final class InvokeStreamAdvice {

    private InvokeStreamAdvice() {}

    @Advice.AssignReturned.ToArguments(
            @Advice.AssignReturned.ToArguments.ToArgument(value = 1, typing = Assigner.Typing.DYNAMIC))
    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.This AwsClient client,
            @Advice.Argument(0) @Nullable InvokeModelWithResponseStreamRequest request,
            @Advice.Argument(1) @Nullable InvokeModelWithResponseStreamResponseHandler handler) {
        return BedrockCalls.invoke(client, request, handler);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return @Nullable CompletableFuture<?> answer,
            @Advice.Thrown @Nullable Throwable error) {
        BedrockCalls.promised(call, answer, error);
    }
}
