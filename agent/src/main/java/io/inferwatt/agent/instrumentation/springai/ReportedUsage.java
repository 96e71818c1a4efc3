package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.Getters;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.TokenUsage;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.Usage;

/**
 * Tells the tokens of an answer, normalised. What Spring AI has no word for is looked up by name in what it keeps of the provider's
 * own usage, whose class need not be there at other providers.
 */
final class ReportedUsage {

    private static final long UNKNOWN = TokenUsage.UNKNOWN;

    private ReportedUsage() {}

    /**
     * Tells what is known; a usage of zeros is that of a model that does not count.
     *
     * @param countsCacheApart whether cached tokens are counted beside those of the input
     */
    static void tell(RemoteCall call, @Nullable Usage usage, boolean countsCacheApart) {
        if (usage == null) {
            return;
        }
        long input = count(usage.getPromptTokens());
        long output = count(usage.getCompletionTokens());
        if (input <= 0 && output <= 0) {
            return;
        }
        Object own = usage.getNativeUsage();
        long cached = cacheRead(usage, own);
        if (countsCacheApart) {
            input = plus(plus(input, cached), Getters.count(usage, "getCacheWriteInputTokens"));
        }
        long thoughts = Getters.count(usage, "getThoughtsTokenCount");
        long reasoning = thoughts == UNKNOWN
                ? ofDetails(own, "completionTokensDetails", "completionTokenDetails", "reasoningTokens")
                : thoughts;
        call.tokens(input, cached, plus(output, thoughts), reasoning);
    }

    /** Tells the tokens that an embedding model read. */
    static void tellInput(RemoteCall call, @Nullable Usage usage) {
        long input = usage == null ? UNKNOWN : count(usage.getPromptTokens());
        if (input > 0) {
            call.tokens(input, UNKNOWN, UNKNOWN, UNKNOWN);
        }
    }

    /** Since Spring AI 1.1 the usage tells itself. */
    private static long cacheRead(Usage usage, @Nullable Object own) {
        long told = Getters.count(usage, "getCacheReadInputTokens");
        return told == UNKNOWN ? ofDetails(own, "promptTokensDetails", "promptTokenDetails", "cachedTokens") : told;
    }

    private static long ofDetails(@Nullable Object own, String details, String formerDetails, String name) {
        Object part = Getters.value(own, details);
        return Getters.count(part == null ? Getters.value(own, formerDetails) : part, name);
    }

    private static long plus(long count, long further) {
        return count == UNKNOWN || further == UNKNOWN ? count : count + further;
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? UNKNOWN : tokens;
    }
}
