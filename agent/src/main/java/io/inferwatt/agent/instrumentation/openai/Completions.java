package io.inferwatt.agent.instrumentation.openai;

import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.core.call.TokenUsage;
import org.jspecify.annotations.Nullable;

/** {@code /completions}, what there was before chats. */
final class Completions implements Endpoint {

    static final Endpoint ENDPOINT = new Completions();

    private Completions() {}

    @Override
    public Asked asked(Object params) {
        CompletionCreateParams.Model model = Json.known(((CompletionCreateParams) params)._model());
        return Asked.forText(model == null ? "" : model.asString(), RemoteCalls.TEXT_COMPLETION);
    }

    @Override
    public void tell(RemoteCall call, Object answer) {
        if (answer instanceof Completion completion) {
            call.answeredBy(Json.known(completion._model()));
            tell(call, Json.known(completion._usage()));
        }
    }

    /** Cached tokens are among those of the prompt, and those of reasoning among those of the completion. */
    static void tell(RemoteCall call, @Nullable CompletionUsage usage) {
        if (usage == null) {
            return;
        }
        CompletionUsage.PromptTokensDetails read = Json.known(usage._promptTokensDetails());
        CompletionUsage.CompletionTokensDetails written = Json.known(usage._completionTokensDetails());
        call.tokens(
                Json.tokens(usage._promptTokens()),
                read == null ? TokenUsage.UNKNOWN : Json.tokens(read._cachedTokens()),
                Json.tokens(usage._completionTokens()),
                written == null ? TokenUsage.UNKNOWN : Json.tokens(written._reasoningTokens()));
    }
}
