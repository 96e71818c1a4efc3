package io.inferwatt.core.energy;

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

    /** Returns how often the meter behaved oddly so far. */
    CounterHealth health();

    @Override
    void close();
}
