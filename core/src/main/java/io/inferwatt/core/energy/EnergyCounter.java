package io.inferwatt.core.energy;

import java.util.Set;

/**
 * The energy drawn in one domain. Wrap-around, resets and several meters behind one domain are hidden; what cannot be
 * known is said so and never guessed. One thread at a time.
 */
public interface EnergyCounter extends AutoCloseable {

    /** Returned by {@link #advance} when the energy since the previous call cannot be known. */
    long UNKNOWN = -1;

    Domain domain();

    /** Returns the id of the source with its method, for instance {@code rapl-powercap} or {@code model-threads}. */
    String source();

    Quality quality();

    /** Returns the relative standard uncertainty of the joules it reports, as a ratio. */
    double relativeUncertainty();

    /** Returns where the true joules lie with a probability of 95 %; another band than the normal one where errors multiply. */
    default ErrorBand errorBand() {
        return ErrorBand.normal(relativeUncertainty());
    }

    /** Returns the watts drawn by this domain of an idle machine, or NaN where the source does not know. */
    double idleWatts();

    /**
     * Returns the microjoules drawn since the previous call, 0 or more, or {@link #UNKNOWN}. The first call only
     * anchors and returns {@link #UNKNOWN}.
     *
     * @param nowNanos {@link System#nanoTime} of this reading; never less than at the previous call
     * @throws EnergyReadException when the meter does not answer; the next good reading decides whether the time between
     *     is known
     */
    long advance(long nowNanos) throws EnergyReadException;

    /** Returns what a reader of the figure must know beyond source and quality; may change while running. */
    default Set<ReadingFlag> flags() {
        return Set.of();
    }

    /** Returns what is metered, for a person: the name of a device, the zones that are summed; empty if there is no more to say. */
    default String device() {
        return "";
    }

    /**
     * Returns the work of other processes on this device in the time of the latest {@link #advance}, in seconds of the whole
     * device. 0 where nobody else uses it, where it is no such device, and where it cannot be known, which the flag {@link
     * ReadingFlag#SHARED_GPU} tells.
     */
    default double otherWorkSeconds() {
        return 0;
    }

    /** Returns how often the meter behaved oddly so far. */
    CounterHealth health();

    @Override
    void close();
}
