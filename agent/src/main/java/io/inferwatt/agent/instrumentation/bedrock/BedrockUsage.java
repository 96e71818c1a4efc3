package io.inferwatt.agent.instrumentation.bedrock;

import io.inferwatt.agent.instrumentation.RemoteCall;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamTrace;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTrace;
import software.amazon.awssdk.services.bedrockruntime.model.PromptRouterTrace;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/**
 * Brings the ways in which Bedrock tells tokens to one. Its input is that which was neither read from a cache nor written to
 * one, as its user guide says under prompt caching; for Converse the total tells whether a model keeps to that.
 */
final class BedrockUsage {

    private static final long UNKNOWN = io.inferwatt.core.call.TokenUsage.UNKNOWN;
    private static final String HEADER = "x-amzn-bedrock-";
    private static final String METRICS = "amazon-bedrock-invocationMetrics";

    private BedrockUsage() {}

    static void tell(RemoteCall call, @Nullable TokenUsage usage) {
        if (usage == null) {
            return;
        }
        long input = known(usage.inputTokens());
        long output = known(usage.outputTokens());
        long read = cached(usage, "cacheReadInputTokens");
        long cache = sum(read, cached(usage, "cacheWriteInputTokens"));
        boolean contained = cache > 0 && cache <= input && known(usage.totalTokens()) == sum(input, output);
        call.tokens(contained || input == UNKNOWN ? input : sum(input, cache), read, output, UNKNOWN);
    }

    /** Tells what the headers of an answer to {@code InvokeModel} say; not all models have them. */
    static void tellHeaders(RemoteCall call, @Nullable SdkHttpResponse answer) {
        if (answer == null) {
            return;
        }
        tell(
                call,
                header(answer, "input-token-count"),
                header(answer, "cache-read-input-token-count"),
                header(answer, "cache-write-input-token-count"),
                header(answer, "output-token-count"));
    }

    /** Tells what a piece of an answer says, if it is the last one, to which Bedrock adds its counts; returns whether it is. */
    static boolean tellMetrics(RemoteCall call, byte[] piece) {
        return tell(
                call,
                JsonNumbers.number(piece, METRICS, "inputTokenCount"),
                JsonNumbers.number(piece, METRICS, "cacheReadInputTokenCount"),
                JsonNumbers.number(piece, METRICS, "cacheWriteInputTokenCount"),
                JsonNumbers.number(piece, METRICS, "outputTokenCount"));
    }

    private static boolean tell(RemoteCall call, long input, long read, long written, long output) {
        if (input == UNKNOWN && output == UNKNOWN) {
            return false;
        }
        long whole = input == UNKNOWN ? UNKNOWN : sum(input, sum(read, written));
        call.tokens(whole, read, output, UNKNOWN);
        return true;
    }

    /** A router of prompts says which model it has chosen. */
    static void tellModel(RemoteCall call, @Nullable ConverseTrace trace) {
        tellModel(call, trace == null ? null : trace.promptRouter());
    }

    static void tellModel(RemoteCall call, @Nullable ConverseStreamTrace trace) {
        tellModel(call, trace == null ? null : trace.promptRouter());
    }

    private static void tellModel(RemoteCall call, @Nullable PromptRouterTrace router) {
        call.answeredBy(router == null ? null : router.invokedModelId());
    }

    private static long header(SdkHttpResponse answer, String name) {
        String text = answer.firstMatchingHeader(HEADER + name).orElse(null);
        try {
            return text == null ? UNKNOWN : Math.max(UNKNOWN, Long.parseLong(text));
        } catch (NumberFormatException notUnderstood) {
            return UNKNOWN;
        }
    }

    /** By name, since older versions do not know these. */
    private static long cached(TokenUsage usage, String name) {
        return known(usage.getValueForField(name, Integer.class).orElse(null));
    }

    private static long known(@Nullable Integer count) {
        return count == null ? UNKNOWN : count;
    }

    private static long sum(long a, long b) {
        return a == UNKNOWN ? b : b == UNKNOWN ? a : a + b;
    }
}
