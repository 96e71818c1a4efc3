package io.inferwatt.agent.instrumentation.bedrock;

import io.inferwatt.agent.instrumentation.RemoteCall;
import java.util.function.Supplier;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/** A conversation whose answer is streamed; its last event tells the tokens. */
final class WatchedConversation extends WatchedHandler<ConverseStreamResponse, ConverseStreamOutput>
        implements ConverseStreamResponseHandler {

    WatchedConversation(ConverseStreamResponseHandler handler, Supplier<RemoteCall> begin) {
        super(handler, begin);
    }

    @Override
    boolean hear(ConverseStreamOutput event) {
        if (!(event instanceof ConverseStreamMetadataEvent metadata)) {
            return false;
        }
        BedrockUsage.tellModel(call(), metadata.trace());
        BedrockUsage.tell(call(), metadata.usage());
        return true;
    }
}
