package io.inferwatt.agent.instrumentation.bedrock;

import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.agent.instrumentation.RemoteServer;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget.Work;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;

/** What the advice on Bedrock's clients does: begins calls, hears of their answers and ends them. */
final class BedrockCalls {

    private static final RemoteCalls CALLS = RemoteCalls.of(BedrockModule.NAME);
    private static final byte[] NO_BODY = {};

    private BedrockCalls() {}

    /** What the SDK refuses, such as null, it refuses itself: the error is the application's, not ours. */
    static Object converse(AwsClient client, @Nullable ConverseRequest request) {
        return chat(client, request == null ? null : request.modelId());
    }

    static Object invoke(AwsClient client, @Nullable InvokeModelRequest request) {
        return request == null ? chat(client, null) : invoke(client, request.modelId(), request.body());
    }

    /** Returns the handler that the SDK gets instead, or null where the application gave none. */
    static @Nullable Object converse(
            AwsClient client,
            @Nullable ConverseStreamRequest request,
            @Nullable ConverseStreamResponseHandler handler) {
        return handler == null
                ? null
                : new WatchedConversation(handler, () -> chat(client, request == null ? null : request.modelId()));
    }

    /** Returns the handler that the SDK gets instead, or null where the application gave none. */
    static @Nullable Object invoke(
            AwsClient client,
            @Nullable InvokeModelWithResponseStreamRequest request,
            @Nullable InvokeModelWithResponseStreamResponseHandler handler) {
        return handler == null
                ? null
                : new WatchedInvocation(
                        handler,
                        () -> request == null ? chat(client, null) : invoke(client, request.modelId(), request.body()));
    }

    /**
     * Begins what goes both ways at once, such as speech: counted, and not understood. Older versions have no type for its request,
     * whose model is asked for by name therefore.
     */
    static Object invokeBothWays(AwsClient client, @Nullable SdkRequest request) {
        RemoteServer server = BedrockServers.of(client);
        String model = request == null
                ? null
                : request.getValueForField("modelId", String.class).orElse(null);
        return CALLS.start(server, model == null ? "" : model, Invocation.OTHER, Work.OTHER, 1);
    }

    private static RemoteCall chat(AwsClient client, @Nullable String model) {
        RemoteServer server = BedrockServers.of(client);
        return CALLS.start(server, model == null ? "" : model, RemoteCalls.CHAT, Work.TEXT, 1);
    }

    private static RemoteCall invoke(AwsClient client, @Nullable String model, @Nullable SdkBytes body) {
        RemoteServer server = BedrockServers.of(client);
        String asked = model == null ? "" : model;
        Invocation invocation = Invocation.of(asked, body == null ? NO_BODY : body.asByteArrayUnsafe());
        return CALLS.start(
                server, asked, invocation.operation(), invocation.work(), invocation.units(), invocation.imageSize());
    }

    static void answered(@Nullable Object begun, @Nullable Object answer, @Nullable Throwable error) {
        if (begun instanceof RemoteCall call) {
            if (error instanceof AbortedException) { // the SDK's own for a thread that is interrupted
                call.finish(Outcome.CANCELLED);
            } else {
                call.answered(answer, BedrockCalls::hear, error);
            }
        }
    }

    /** The call goes on until the future is done, which the application gets unchanged. */
    static void promised(@Nullable Object begun, @Nullable CompletableFuture<?> answer, @Nullable Throwable error) {
        RemoteCall call = begun instanceof WatchedHandler<?, ?> handler ? handler.call() : (RemoteCall) begun;
        if (call == null) {
            return;
        }
        if (answer == null) {
            call.finish(error);
        } else {
            call.detachUntil(answer, BedrockCalls::hear);
        }
    }

    private static void hear(RemoteCall call, Object answer) {
        if (answer instanceof ConverseResponse conversation) {
            BedrockUsage.tellModel(call, conversation.trace());
            BedrockUsage.tell(call, conversation.usage());
        } else if (answer instanceof InvokeModelResponse invocation) {
            BedrockUsage.tellHeaders(call, invocation.sdkHttpResponse());
        }
    }
}
