package io.inferwatt.core.call;

import io.inferwatt.core.energy.Quality;

/**
 * A finished root call with its final energy.
 *
 * @param beginNanos {@link System#nanoTime} at its begin
 * @param requests how many requests a server gathered in it, usually 1; they share all that follows evenly
 * @param units batch rows
 * @param joules its share above idle, over all components
 * @param joulesWithIdle the same plus its share of the machine's idle energy
 * @param remoteJoules what it drew on other machines, estimated, on top of {@link #joules} and in the same boundary; 0 if it asked
 *     none, NaN if that could not be estimated
 * @param remoteJoulesWithIdle the same with the share of those machines' idle energy
 * @param firstTokenSeconds from its begin to the first piece of a streamed answer, NaN if not told
 * @param quality the worst quality among the sources of its joules
 * @param traceIdHigh upper half of the trace id, 0 if none
 */
public record SettledCall(
        ModelKey key,
        Outcome outcome,
        long beginNanos,
        long endNanos,
        long requests,
        long units,
        TokenUsage tokens,
        double joules,
        double joulesWithIdle,
        double remoteJoules,
        double remoteJoulesWithIdle,
        double firstTokenSeconds,
        Quality quality,
        long traceIdHigh,
        long traceIdLow,
        long spanId) {

    public double durationSeconds() {
        return (endNanos - beginNanos) / 1e9;
    }
}
