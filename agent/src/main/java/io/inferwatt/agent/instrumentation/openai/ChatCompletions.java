package io.inferwatt.agent.instrumentation.openai;

import com.openai.models.ChatModel;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;

/** {@code /chat/completions}. A stream tells its usage in a last piece, and only if it was asked to. */
final class ChatCompletions implements Endpoint {

    static final Endpoint ENDPOINT = new ChatCompletions();

    private ChatCompletions() {}

    @Override
    public Asked asked(Object params) {
        ChatModel model = Json.known(((ChatCompletionCreateParams) params)._model());
        return Asked.forText(model == null ? "" : model.asString(), RemoteCalls.CHAT);
    }

    @Override
    public void tell(RemoteCall call, Object answer) {
        if (answer instanceof ChatCompletion whole) {
            call.answeredBy(Json.known(whole._model()));
            Completions.tell(call, Json.known(whole._usage()));
        } else if (answer instanceof ChatCompletionChunk piece) {
            call.answeredBy(Json.known(piece._model()));
            Completions.tell(call, Json.known(piece._usage()));
        }
    }
}
