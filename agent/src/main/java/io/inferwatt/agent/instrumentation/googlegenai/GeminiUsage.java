package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.genai.types.ContentEmbedding;
import com.google.genai.types.EmbedContentResponse;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.TokenUsage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads from answers the model and the tokens; nothing else of them. Throws nothing. Gemini counts thoughts apart from the
 * candidates, and what it reads of its own tools' results apart from the prompt.
 */
final class GeminiUsage {

    private GeminiUsage() {}

    static @Nullable String model(@Nullable GenerateContentResponse response) {
        return response == null ? null : response.modelVersion().orElse(null);
    }

    /** Returns the tokens of one answer, or of what has come of it; {@link TokenUsage#NONE} if it does not tell them. */
    static TokenUsage of(GenerateContentResponse response) {
        Optional<GenerateContentResponseUsageMetadata> told = response.usageMetadata();
        if (told.isEmpty()) {
            return TokenUsage.NONE;
        }
        GenerateContentResponseUsageMetadata usage = told.get();
        long prompt = count(usage.promptTokenCount());
        long ofTools = Math.max(0, count(usage.toolUsePromptTokenCount()));
        long input = prompt == TokenUsage.UNKNOWN ? TokenUsage.UNKNOWN : prompt + ofTools;
        long thoughts = count(usage.thoughtsTokenCount());
        return new TokenUsage(input, count(usage.cachedContentTokenCount()), output(usage, input), thoughts);
    }

    /** Counts that are zero are left out, so the total must tell whether nothing was written or nothing is known. */
    private static long output(GenerateContentResponseUsageMetadata usage, long input) {
        long written = count(usage.candidatesTokenCount());
        long thoughts = count(usage.thoughtsTokenCount());
        if (written == TokenUsage.UNKNOWN && thoughts == TokenUsage.UNKNOWN) {
            boolean nothing = input != TokenUsage.UNKNOWN && count(usage.totalTokenCount()) == input;
            return nothing ? 0 : TokenUsage.UNKNOWN;
        }
        return Math.max(0, written) + Math.max(0, thoughts);
    }

    /** Tells a call what an answer with embeddings tells: Vertex AI counts the tokens of each input, the Gemini API does not. */
    static void tell(RemoteCall call, @Nullable EmbedContentResponse response) {
        List<ContentEmbedding> embeddings =
                response == null ? List.of() : response.embeddings().orElse(List.of());
        long tokens = embeddings.isEmpty() ? TokenUsage.UNKNOWN : 0;
        for (ContentEmbedding embedding : embeddings) {
            Optional<Float> counted = embedding.statistics().flatMap(statistics -> statistics.tokenCount());
            tokens = counted.isEmpty() || tokens == TokenUsage.UNKNOWN
                    ? TokenUsage.UNKNOWN
                    : tokens + Math.round(counted.get());
        }
        if (tokens != TokenUsage.UNKNOWN) {
            call.tokens(tokens, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN);
        }
    }

    private static long count(Optional<Integer> tokens) {
        return tokens.isPresent() ? tokens.get() : TokenUsage.UNKNOWN;
    }
}
