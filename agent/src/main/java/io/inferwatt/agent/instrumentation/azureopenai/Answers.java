package io.inferwatt.agent.instrumentation.azureopenai;

import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.Completions;
import com.azure.ai.openai.models.CompletionsUsage;
import com.azure.ai.openai.models.CompletionsUsageCompletionTokensDetails;
import com.azure.ai.openai.models.CompletionsUsagePromptTokensDetails;
import com.azure.ai.openai.models.Embeddings;
import com.azure.ai.openai.models.EmbeddingsUsage;
import com.azure.core.http.rest.Response;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.TokenUsage;
import org.jspecify.annotations.Nullable;

/** Reads model and tokens of answers; never what the model says. */
final class Answers {

    private Answers() {}

    /** Tells a call what an answer, or a piece of a streamed one, says. */
    static void tell(RemoteCall call, Object answer) {
        told(call, answer instanceof Response<?> response ? response.getValue() : answer);
    }

    private static void told(RemoteCall call, @Nullable Object answer) {
        if (answer instanceof ChatCompletions chat) {
            call.answeredBy(chat.getModel());
            tokens(call, chat.getUsage());
        } else if (answer instanceof Completions completions) {
            tokens(call, completions.getUsage());
        } else if (answer instanceof Embeddings embeddings) {
            EmbeddingsUsage usage = embeddings.getUsage();
            if (usage != null) {
                call.tokens(usage.getPromptTokens(), TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN);
            }
        }
    }

    /** Cached tokens are among those of the prompt, and those of reasoning among those of the completion. */
    private static void tokens(RemoteCall call, @Nullable CompletionsUsage usage) {
        if (usage == null) {
            return;
        }
        CompletionsUsagePromptTokensDetails read = usage.getPromptTokensDetails();
        CompletionsUsageCompletionTokensDetails written = usage.getCompletionTokensDetails();
        call.tokens(
                usage.getPromptTokens(),
                known(read == null ? null : read.getCachedTokens()),
                usage.getCompletionTokens(),
                known(written == null ? null : written.getReasoningTokens()));
    }

    private static long known(@Nullable Integer tokens) {
        return tokens == null ? TokenUsage.UNKNOWN : tokens;
    }
}
