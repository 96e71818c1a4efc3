package io.inferwatt.agent.instrumentation.anthropic;

import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import io.inferwatt.agent.instrumentation.RemoteCall;
import org.jspecify.annotations.Nullable;

/** Reads from requests and messages which model they name, and from messages their usage; nothing else of them. */
final class AnthropicMessages {

    private AnthropicMessages() {}

    /** Returns the model that a request asks for; empty if it names none. */
    static String requestedModel(@Nullable Object params) {
        try {
            if (params instanceof MessageCreateParams message) {
                return message.model().asString();
            }
            if (params instanceof com.anthropic.models.beta.messages.MessageCreateParams message) {
                return message.model().asString();
            }
        } catch (RuntimeException noText) {
            // A value of the application's own making that the library refuses itself.
        }
        return "";
    }

    /** Tells a call what a whole message tells; throws where a server that only speaks the same protocol left out something. */
    static void tell(RemoteCall call, Object answer) {
        if (answer instanceof Message message) {
            call.answeredBy(message.model().asString());
            AnthropicUsage usage = new AnthropicUsage();
            usage.read(message.usage());
            usage.tell(call);
        } else if (answer instanceof BetaMessage message) {
            call.answeredBy(message.model().asString());
            AnthropicUsage usage = new AnthropicUsage();
            usage.read(message.usage());
            usage.tell(call);
        }
    }
}
