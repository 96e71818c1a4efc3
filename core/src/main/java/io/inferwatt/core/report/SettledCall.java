package io.inferwatt.core.report;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.Tenant;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.Footprint;
import io.inferwatt.core.footprint.remote.Range;

/**
 * A finished root call with its final energy; or what one call among several inside it asked of a remote model, told apart because a
 * request has one model only. The sums over all of these are the totals.
 *
 * @param beginNanos {@link System#nanoTime} at its begin
 * @param requests how many requests a server gathered in it, usually 1; they share all that follows evenly; 0 if it is told apart
 * @param units batch rows
 * @param joules its share above idle, over all components
 * @param joulesWithIdle the same plus its share of the machine's idle energy
 * @param remoteJoules what it drew on other machines, estimated, on top of {@link #joules} and in the same boundary; 0 if it asked
 *     none, NaN if that could not be estimated
 * @param remoteBand the same with the share of those machines' idle energy, with its 95 % band
 * @param remoteMethod what made that estimate, empty without one
 * @param byComponent {@link #joulesWithIdle} by component, where somebody asked for it
 * @param footprint grams and litres
 * @param tenant on whose behalf
 * @param whole whether the figures are all of its requests: not those of a part told apart, nor of the request it belongs to
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
        Range remoteBand,
        String remoteMethod,
        ComponentJoules byComponent,
        Footprint footprint,
        Tenant tenant,
        boolean whole,
        double firstTokenSeconds,
        Quality quality,
        long traceIdHigh,
        long traceIdLow,
        long spanId) {

    /** Returns what it drew on other machines, boundary {@code with_idle}, central value; 0 if it asked none, NaN if not known. */
    public double remoteJoulesWithIdle() {
        return remoteBand.central();
    }

    /** Returns all it drew, here and elsewhere, boundary {@code with_idle}; NaN if either is not known. */
    public double totalJoules() {
        return joulesWithIdle + remoteBand.central();
    }

    public double durationSeconds() {
        return (endNanos - beginNanos) / 1e9;
    }
}
