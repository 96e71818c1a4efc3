package io.inferwatt.core.call;

/**
 * Tokens of one call; {@link #UNKNOWN} where nothing was reported.
 *
 * @param input tokens read, cached ones included
 * @param cachedInput those of the input that came from a cache
 * @param output tokens written, reasoning included
 * @param reasoning those of the output that the caller does not see
 */
public record TokenUsage(long input, long cachedInput, long output, long reasoning) {

    public static final long UNKNOWN = -1;

    public static final TokenUsage NONE = new TokenUsage(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
}
