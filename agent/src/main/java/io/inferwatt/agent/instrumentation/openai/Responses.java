package io.inferwatt.agent.instrumentation.openai;

import com.openai.models.ChatModel;
import com.openai.models.ResponsesModel;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCompletedEvent;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFailedEvent;
import com.openai.models.responses.ResponseIncompleteEvent;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseUsage;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.TokenUsage;
import org.jspecify.annotations.Nullable;

/** {@code /responses}. A stream tells its usage in the event that ends it; an answer may be an error in itself. */
final class Responses implements Endpoint {

    static final Endpoint ENDPOINT = new Responses();

    private Responses() {}

    @Override
    public Asked asked(Object params) {
        String model = name(Json.known(((ResponseCreateParams) params)._model()));
        return Asked.forText(model == null ? "" : model, RemoteCalls.CHAT);
    }

    private static @Nullable String name(@Nullable ResponsesModel model) {
        if (model == null) {
            return null;
        }
        ChatModel chat = model.chat().orElse(null);
        if (chat != null) {
            return chat.asString();
        }
        ResponsesModel.ResponsesOnlyModel only = model.only().orElse(null);
        return only == null ? model.string().orElse(null) : only.asString();
    }

    @Override
    public void tell(RemoteCall call, Object answer) {
        Response response = answer instanceof ResponseStreamEvent event ? last(event) : (Response) answer;
        if (response == null) {
            return;
        }
        call.answeredBy(name(Json.known(response._model())));
        tell(call, Json.known(response._usage()));
        if (Json.known(response._error()) != null) {
            call.finish(Outcome.ERROR);
        }
    }

    /** Returns the response that an event brings which comes last; null if more are to come. */
    private static @Nullable Response last(ResponseStreamEvent event) {
        ResponseCompletedEvent completed = event.completed().orElse(null);
        if (completed != null) {
            return Json.known(completed._response());
        }
        ResponseIncompleteEvent incomplete = event.incomplete().orElse(null);
        if (incomplete != null) {
            return Json.known(incomplete._response());
        }
        ResponseFailedEvent failed = event.failed().orElse(null);
        return failed == null ? null : Json.known(failed._response());
    }

    private static void tell(RemoteCall call, @Nullable ResponseUsage usage) {
        if (usage == null) {
            return;
        }
        ResponseUsage.InputTokensDetails read = Json.known(usage._inputTokensDetails());
        ResponseUsage.OutputTokensDetails written = Json.known(usage._outputTokensDetails());
        call.tokens(
                Json.tokens(usage._inputTokens()),
                read == null ? TokenUsage.UNKNOWN : Json.tokens(read._cachedTokens()),
                Json.tokens(usage._outputTokens()),
                written == null ? TokenUsage.UNKNOWN : Json.tokens(written._reasoningTokens()));
    }

    /** The first events come before the model has begun. */
    @Override
    public boolean isOutput(Object piece) {
        return !(piece instanceof ResponseStreamEvent event) || !(event.isCreated() || event.isInProgress());
    }
}
