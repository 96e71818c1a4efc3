package io.inferwatt.agent.instrumentation.openai;

import com.openai.models.beta.responses.BetaResponse;
import com.openai.models.beta.responses.BetaResponseCompletedEvent;
import com.openai.models.beta.responses.BetaResponseFailedEvent;
import com.openai.models.beta.responses.BetaResponseIncompleteEvent;
import com.openai.models.beta.responses.BetaResponseStreamEvent;
import com.openai.models.beta.responses.BetaResponseUsage;
import com.openai.models.beta.responses.ResponseCreateParams;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.TokenUsage;
import org.jspecify.annotations.Nullable;

/** {@code /responses} as the library's {@code beta()} has it: the same as {@link Responses}, in types of its own. */
final class BetaResponses implements Endpoint {

    static final Endpoint ENDPOINT = new BetaResponses();

    private BetaResponses() {}

    @Override
    public Asked asked(Object params) {
        ResponseCreateParams.Model model = Json.known(((ResponseCreateParams) params)._model());
        return Asked.forText(model == null ? "" : model.asString(), RemoteCalls.CHAT);
    }

    @Override
    public void tell(RemoteCall call, Object answer) {
        BetaResponse response = answer instanceof BetaResponseStreamEvent event ? last(event) : (BetaResponse) answer;
        if (response == null) {
            return;
        }
        BetaResponse.Model model = Json.known(response._model());
        call.answeredBy(model == null ? null : model.asString());
        tell(call, Json.known(response._usage()));
        if (Json.known(response._error()) != null) {
            call.finish(Outcome.ERROR);
        }
    }

    private static @Nullable BetaResponse last(BetaResponseStreamEvent event) {
        BetaResponseCompletedEvent completed = event.responseCompleted().orElse(null);
        if (completed != null) {
            return Json.known(completed._response());
        }
        BetaResponseIncompleteEvent incomplete = event.responseIncomplete().orElse(null);
        if (incomplete != null) {
            return Json.known(incomplete._response());
        }
        BetaResponseFailedEvent failed = event.responseFailed().orElse(null);
        return failed == null ? null : Json.known(failed._response());
    }

    private static void tell(RemoteCall call, @Nullable BetaResponseUsage usage) {
        if (usage == null) {
            return;
        }
        BetaResponseUsage.InputTokensDetails read = Json.known(usage._inputTokensDetails());
        BetaResponseUsage.OutputTokensDetails written = Json.known(usage._outputTokensDetails());
        call.tokens(
                Json.tokens(usage._inputTokens()),
                read == null ? TokenUsage.UNKNOWN : Json.tokens(read._cachedTokens()),
                Json.tokens(usage._outputTokens()),
                written == null ? TokenUsage.UNKNOWN : Json.tokens(written._reasoningTokens()));
    }

    @Override
    public boolean isOutput(Object piece) {
        return !(piece instanceof BetaResponseStreamEvent event)
                || !(event.isResponseCreated() || event.isResponseInProgress() || event.isResponseQueued());
    }
}
