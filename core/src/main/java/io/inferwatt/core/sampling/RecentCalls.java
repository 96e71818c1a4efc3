package io.inferwatt.core.sampling;

import io.inferwatt.core.attribution.CallEnergy;
import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.KeyTable;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.report.CallRate;
import io.inferwatt.core.report.disclosure.LocalBand;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the settled calls of each model drew lately for each unit-second: energy and unit-seconds of calls fade by a third in
 * eight seconds, so that the last half minute counts, or whatever came last. The rate is energy over unit-seconds, as the
 * energy clocks reckon, so while it stands still the rates of calls times their unit-seconds add up to what is booked. Sampler thread
 * only; what {@link #rates} returns is for all.
 */
final class RecentCalls {

    private static final double FADING_SECONDS = 20;

    /** After so long without a call nothing is known of a model any more: the machine may do something else by now. */
    private static final double FORGOTTEN_SECONDS = 600;

    private final double[] unitSeconds = new double[KeyTable.CAPACITY];
    private final double[] joules = new double[KeyTable.CAPACITY];
    private final double[] grams = new double[KeyTable.CAPACITY];
    private final double[] silentSeconds = new double[KeyTable.CAPACITY];
    private final Quality[] qualities = new Quality[KeyTable.CAPACITY];

    /** Adds a settled call with its energy on this machine; one without a figure tells nothing. */
    void add(CallRecord call, CallEnergy energy) {
        double seconds = (call.endNanos() - call.bookedNanos()) / 1e9;
        add(
                call.key(),
                call.units() * seconds,
                energy.joulesWithIdle(),
                energy.gramsWithIdle() + energy.embodiedGrams(),
                energy.quality());
    }

    /**
     * Adds what calls drew.
     *
     * @param newJoules boundary {@code with_idle}, NaN where not known
     */
    void add(int key, double newUnitSeconds, double newJoules, double newGrams, Quality quality) {
        if (newUnitSeconds > 0 && !Double.isNaN(newJoules)) {
            unitSeconds[key] += newUnitSeconds;
            joules[key] += newJoules;
            grams[key] += newGrams;
            qualities[key] = quality;
            silentSeconds[key] = 0;
        }
    }

    /**
     * Returns the rates by the number of the key, null where nothing is known.
     *
     * @param bands of a key; null where not known
     */
    @Nullable
    CallRate[] rates(int keys, IntFunction<@Nullable LocalBand> bands) {
        @Nullable CallRate[] rates = new CallRate[keys];
        for (int key = 0; key < keys; key++) {
            // No joules would be no figure of a call, but a source that has not moved yet.
            rates[key] = joules[key] > 0 ? rate(key, bands.apply(key)) : null;
        }
        return rates;
    }

    /** Lets time pass, which fades what was added before. */
    void pass(int keys, double seconds) {
        double kept = Math.exp(-seconds / FADING_SECONDS);
        for (int key = 0; key < keys; key++) {
            silentSeconds[key] += seconds;
            double weight = silentSeconds[key] > FORGOTTEN_SECONDS ? 0 : kept;
            unitSeconds[key] *= weight;
            joules[key] *= weight;
            grams[key] *= weight;
        }
    }

    private CallRate rate(int key, @Nullable LocalBand band) {
        return new CallRate(
                joules[key] / unitSeconds[key],
                grams[key] / unitSeconds[key],
                band == null ? Double.NaN : band.lowRatio(),
                band == null ? Double.NaN : band.highRatio(),
                qualities[key]);
    }
}
