package io.inferwatt.agent.instrumentation.bedrock;

import io.inferwatt.agent.instrumentation.RemoteCall;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.PayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/** An invocation whose answer is streamed in the model's own JSON, to whose last piece Bedrock adds its counts. */
final class WatchedInvocation extends WatchedHandler<InvokeModelWithResponseStreamResponse, ResponseStream>
        implements InvokeModelWithResponseStreamResponseHandler {

    WatchedInvocation(InvokeModelWithResponseStreamResponseHandler handler, Supplier<RemoteCall> begin) {
        super(handler, begin);
    }

    @Override
    boolean hear(ResponseStream event) {
        SdkBytes piece = event instanceof PayloadPart part ? part.bytes() : null;
        return piece != null && BedrockUsage.tellMetrics(call(), piece.asByteArrayUnsafe());
    }
}
