package io.inferwatt.agent.instrumentation.bedrock;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;

/** Around {@code converse} of the client that waits. */
public final class ConverseAdvice {

    private ConverseAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter(@Advice.This AwsClient client, @Advice.Argument(0) @Nullable ConverseRequest request) {
        return BedrockCalls.converse(client, request);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object answer,
            @Advice.Thrown @Nullable Throwable error) {
        BedrockCalls.answered(call, answer, error);
    }
}
