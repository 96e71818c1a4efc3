package io.inferwatt.agent.instrumentation.anthropic;

import com.anthropic.models.beta.messages.BetaMessageDeltaUsage;
import com.anthropic.models.beta.messages.BetaUsage;
import com.anthropic.models.messages.MessageDeltaUsage;
import com.anthropic.models.messages.Usage;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one message. Anthropic counts input apart: read anew, read from a cache, written to a cache; the sum of the three
 * is what the model has read. What is told later is the whole count up to then, not what came since. Not safe from several
 * threads.
 */
final class AnthropicUsage {

    /** What the API says where the place is not to be known. */
    private static final String NO_PLACE = "not_available";

    private long newInput = TokenUsage.UNKNOWN;
    private long fromCache = TokenUsage.UNKNOWN;
    private long toCache = TokenUsage.UNKNOWN;
    private long output = TokenUsage.UNKNOWN;
    private long thinking = TokenUsage.UNKNOWN;
    private @Nullable String place;

    void read(Usage usage) {
        readInput(usage);
        output = usage.outputTokens();
        thinking = or(thinking, thinking(usage));
    }

    void read(BetaUsage usage) {
        readInput(usage);
        output = usage.outputTokens();
        thinking = or(thinking, thinking(usage));
    }

    /** The output that the begin of a stream tells is that of its first moment. */
    void readInput(Usage usage) {
        newInput = usage.inputTokens();
        readCaches(usage.cacheReadInputTokens(), usage.cacheCreationInputTokens());
        place = place(usage);
    }

    void readInput(BetaUsage usage) {
        newInput = usage.inputTokens();
        readCaches(usage.cacheReadInputTokens(), usage.cacheCreationInputTokens());
        place = place(usage);
    }

    void read(MessageDeltaUsage usage) {
        output = usage.outputTokens();
        newInput = or(newInput, count(usage.inputTokens()));
        readCaches(usage.cacheReadInputTokens(), usage.cacheCreationInputTokens());
        thinking = or(thinking, thinking(usage));
    }

    void read(BetaMessageDeltaUsage usage) {
        output = usage.outputTokens();
        newInput = or(newInput, count(usage.inputTokens()));
        readCaches(usage.cacheReadInputTokens(), usage.cacheCreationInputTokens());
        thinking = or(thinking, thinking(usage));
    }

    private void readCaches(Optional<Long> read, Optional<Long> written) {
        fromCache = or(fromCache, count(read));
        toCache = or(toCache, count(written));
    }

    void tell(RemoteCall call) {
        long input = newInput == TokenUsage.UNKNOWN
                ? TokenUsage.UNKNOWN
                : newInput + Math.max(0, fromCache) + Math.max(0, toCache);
        call.tokens(input, fromCache, output, thinking);
        call.answeredFrom(place);
    }

    private static long count(Optional<Long> tokens) {
        return tokens.isPresent() ? tokens.get() : TokenUsage.UNKNOWN;
    }

    private static long or(long before, long told) {
        return told == TokenUsage.UNKNOWN ? before : told;
    }

    // Place and thinking are not in all versions of the library.

    private static @Nullable String place(Usage usage) {
        try {
            return known(usage.inferenceGeo());
        } catch (LinkageError olderVersion) {
            return null;
        }
    }

    private static @Nullable String place(BetaUsage usage) {
        try {
            return known(usage.inferenceGeo());
        } catch (LinkageError olderVersion) {
            return null;
        }
    }

    private static @Nullable String known(Optional<String> place) {
        return place.isPresent() && !place.get().equals(NO_PLACE) ? place.get() : null;
    }

    private static long thinking(Usage usage) {
        try {
            var details = usage.outputTokensDetails();
            return details.isPresent() ? details.get().thinkingTokens() : TokenUsage.UNKNOWN;
        } catch (LinkageError olderVersion) {
            return TokenUsage.UNKNOWN;
        }
    }

    private static long thinking(BetaUsage usage) {
        try {
            var details = usage.outputTokensDetails();
            return details.isPresent() ? details.get().thinkingTokens() : TokenUsage.UNKNOWN;
        } catch (LinkageError olderVersion) {
            return TokenUsage.UNKNOWN;
        }
    }

    private static long thinking(MessageDeltaUsage usage) {
        try {
            var details = usage.outputTokensDetails();
            return details.isPresent() ? details.get().thinkingTokens() : TokenUsage.UNKNOWN;
        } catch (LinkageError olderVersion) {
            return TokenUsage.UNKNOWN;
        }
    }

    private static long thinking(BetaMessageDeltaUsage usage) {
        try {
            var details = usage.outputTokensDetails();
            return details.isPresent() ? details.get().thinkingTokens() : TokenUsage.UNKNOWN;
        } catch (LinkageError olderVersion) {
            return TokenUsage.UNKNOWN;
        }
    }
}
