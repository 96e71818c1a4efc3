package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.output.TokenUsage;
import io.inferwatt.agent.instrumentation.Getters;
import io.inferwatt.agent.instrumentation.RemoteCall;
import org.jspecify.annotations.Nullable;

/**
 * Tells the tokens of an answer, normalised. What providers report beyond input and output is in classes of their own, whose
 * jars need not be there: their getters are looked up by name.
 *
 * <p>OpenAI counts cached tokens as input and reasoning as output, Anthropic and Bedrock count what was read from the cache or
 * written to it beside the input, Gemini counts thoughts beside the output.
 */
final class ReportedUsage {

    private static final long UNKNOWN = io.inferwatt.core.call.TokenUsage.UNKNOWN;

    private ReportedUsage() {}

    static void tell(RemoteCall call, @Nullable TokenUsage usage) {
        if (usage == null) {
            return;
        }
        long besideInput = Getters.count(usage, "cacheReadInputTokens");
        long written =
                first(Getters.count(usage, "cacheCreationInputTokens"), Getters.count(usage, "cacheWriteInputTokens"));
        long thoughts = Getters.count(usage, "thoughtsTokenCount");
        long cached = first(
                besideInput,
                Getters.count(usage, "cachedContentTokenCount"),
                Getters.count(Getters.value(usage, "inputTokensDetails"), "cachedTokens"));
        long reasoning = first(thoughts, Getters.count(Getters.value(usage, "outputTokensDetails"), "reasoningTokens"));
        call.tokens(
                plus(plus(count(usage.inputTokenCount()), besideInput), written),
                cached,
                plus(count(usage.outputTokenCount()), thoughts),
                reasoning);
    }

    private static long first(long... counts) {
        for (long count : counts) {
            if (count != UNKNOWN) {
                return count;
            }
        }
        return UNKNOWN;
    }

    private static long plus(long count, long further) {
        return count == UNKNOWN || further == UNKNOWN ? count : count + further;
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? UNKNOWN : tokens;
    }
}
