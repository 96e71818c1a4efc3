package io.inferwatt.agent.instrumentation.anthropic;

import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.Outcome;

/**
 * What the events of one streamed message tell of it. The begin tells model and input, later events the output so far, and
 * there is one for the end: who has read that need not read on. One reader at a time.
 */
final class StreamedMessage implements RemoteCall.Answer<Object> {

    private final AnthropicUsage usage = new AnthropicUsage();

    @Override
    public void tellTo(RemoteCall call, Object event) {
        if (event instanceof RawMessageStreamEvent message) {
            read(call, message);
        } else if (event instanceof BetaRawMessageStreamEvent message) {
            read(call, message);
        }
    }

    private void read(RemoteCall call, RawMessageStreamEvent event) {
        if (event.isMessageStart()) {
            Message message = event.asMessageStart().message();
            call.answeredBy(message.model().asString());
            usage.readInput(message.usage());
            usage.tell(call);
        } else if (event.isContentBlockStart()) {
            call.received();
        } else if (event.isMessageDelta()) {
            usage.read(event.asMessageDelta().usage());
            usage.tell(call);
        } else if (event.isMessageStop()) {
            call.finish(Outcome.OK);
        }
    }

    private void read(RemoteCall call, BetaRawMessageStreamEvent event) {
        if (event.isMessageStart()) {
            BetaMessage message = event.asMessageStart().message();
            call.answeredBy(message.model().asString());
            usage.readInput(message.usage());
            usage.tell(call);
        } else if (event.isContentBlockStart()) {
            call.received();
        } else if (event.isMessageDelta()) {
            usage.read(event.asMessageDelta().usage());
            usage.tell(call);
        } else if (event.isMessageStop()) {
            call.finish(Outcome.OK);
        }
    }
}
