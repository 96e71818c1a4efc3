package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.output.TokenUsage;
import io.inferwatt.agent.instrumentation.RemoteCall;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Tells the tokens of an answer, normalised. What providers report beyond input and output is in classes of their own, whose
 * jars need not be there: their getters are looked up by name, once a class.
 *
 * <p>OpenAI counts cached tokens as input and reasoning as output, Anthropic and Bedrock count what was read from the cache or
 * written to it beside the input, Gemini counts thoughts beside the output.
 */
final class ReportedUsage {

    private static final long UNKNOWN = io.inferwatt.core.call.TokenUsage.UNKNOWN;

    private static final ClassValue<ReportedUsage> BY_CLASS = new ByClass();

    private final @Nullable Method inputDetails;
    private final @Nullable Method outputDetails;
    private final @Nullable Method cacheRead;
    private final @Nullable Method cacheWritten;
    private final @Nullable Method cachedContent;
    private final @Nullable Method thoughts;

    private ReportedUsage(Class<?> type) {
        inputDetails = getter(type, "inputTokensDetails");
        outputDetails = getter(type, "outputTokensDetails");
        cacheRead = getter(type, "cacheReadInputTokens");
        Method created = getter(type, "cacheCreationInputTokens");
        cacheWritten = created == null ? getter(type, "cacheWriteInputTokens") : created;
        cachedContent = getter(type, "cachedContentTokenCount");
        thoughts = getter(type, "thoughtsTokenCount");
    }

    static void tell(RemoteCall call, @Nullable TokenUsage usage) {
        if (usage != null) {
            BY_CLASS.get(usage.getClass())
                    .tell(call, usage, count(usage.inputTokenCount()), count(usage.outputTokenCount()));
        }
    }

    private void tell(RemoteCall call, TokenUsage usage, long input, long output) {
        long besideInput = count(cacheRead, usage);
        long cached = first(besideInput, count(cachedContent, usage), ofDetails(inputDetails, usage, "cachedTokens"));
        long reasoning = first(count(thoughts, usage), ofDetails(outputDetails, usage, "reasoningTokens"));
        call.tokens(
                plus(plus(input, besideInput), count(cacheWritten, usage)),
                cached,
                plus(output, count(thoughts, usage)),
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

    private static long ofDetails(@Nullable Method details, TokenUsage usage, String name) {
        Object part = value(details, usage);
        return part == null ? UNKNOWN : count(getter(part.getClass(), name), part);
    }

    private static long count(@Nullable Method getter, Object object) {
        return count(value(getter, object));
    }

    private static long count(@Nullable Object tokens) {
        return tokens instanceof Number number ? number.longValue() : UNKNOWN;
    }

    private static @Nullable Object value(@Nullable Method getter, Object object) {
        try {
            return getter == null ? null : getter.invoke(object);
        } catch (ReflectiveOperationException | RuntimeException notReachable) {
            return null;
        }
    }

    private static @Nullable Method getter(Class<?> type, String name) {
        try {
            return type.getMethod(name);
        } catch (NoSuchMethodException | LinkageError notThere) {
            return null;
        }
    }

    private static final class ByClass extends ClassValue<ReportedUsage> {

        @Override
        protected ReportedUsage computeValue(Class<?> type) {
            return new ReportedUsage(type);
        }
    }
}
