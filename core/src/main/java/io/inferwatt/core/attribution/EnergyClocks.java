package io.inferwatt.core.attribution;

/**
 * For each model clocks that run in joules, or grams, per unit: a call of u units that was in flight from a to b used
 * {@code u * (R(b) - R(a))}. Settling a call is one look-up at each end, and for
 * {@link #claim} one step through each of the kept ticks that it was in flight in, however many calls are in flight.
 *
 * <p>{@link #tick} says how many unit-seconds each model had in flight, {@link #spread} sets the clocks forward by the
 * energy of a time that may begin some ticks ago, since a slow counter tells late. The rate is energy over unit-seconds, so
 * the calls add up to the model's energy.
 *
 * <p>The last {@value #FINE} ticks are kept, and beyond them one reading for each {@code coarseNanos}, so that calls
 * longer than the ticks reach back are settled by interpolation. Sampler thread only.
 */
final class EnergyClocks {

    static final int FINE = 512;
    static final int COARSE = 256;

    private final long coarseNanos;
    private final ClockRing fine = new ClockRing(FINE);
    private final ClockRing coarse = new ClockRing(COARSE);
    private final Reading beyond = new Reading();

    /**
     * Starts all clocks at 0.
     *
     * @param reachNanos how far back a call may begin
     */
    EnergyClocks(long reachNanos) {
        this.coarseNanos = Math.max(1, reachNanos / (COARSE - 2));
    }

    /** Sets where time begins. */
    void start(long nanos) {
        fine.append(nanos);
        coarse.appendOldestOf(fine);
    }

    /**
     * Goes on to the end of a tick; the clocks stand still until {@link #spread} moves them.
     *
     * @param unitSeconds what each model had in flight in the tick
     */
    void tick(long nanos, double[] unitSeconds, int keys) {
        if (fine.isFull() && fine.oldest() - coarse.newest() >= coarseNanos) {
            coarse.appendOldestOf(fine);
        }
        fine.append(nanos);
        for (int key = 0; key < keys; key++) {
            if (unitSeconds[key] > 0) {
                fine.addUnitSeconds(key, unitSeconds[key]);
            }
        }
    }

    /** Returns the unit-seconds a model had in flight between two times, the later one not in the future. */
    double unitSeconds(long fromNanos, long untilNanos, int key) {
        return fine.unitSeconds(untilNanos, key) - fine.unitSeconds(fromNanos, key);
    }

    /**
     * Sets a model's clocks forward by what it drew between two times.
     *
     * @param amounts joules and grams by {@link Lanes}
     * @return whether it had anything in flight then; if not, nothing has changed
     */
    boolean spread(long fromNanos, long untilNanos, int key, double[] amounts) {
        // What began before the ticks that are kept is spread over those.
        long from = fromNanos - fine.oldest() < 0 ? fine.oldest() : fromNanos;
        double unitSeconds = unitSeconds(from, untilNanos, key);
        if (!(unitSeconds > 0)) {
            return false;
        }
        // Joules per unit-second, times seconds: how far the clock of one unit runs.
        fine.spread(from, untilNanos, key, amounts, 1e-9 / unitSeconds);
        return true;
    }

    /** Returns the end of the last tick that ended by a time; within a tick a clock is a line, which later energy still bends. */
    long lastTickUntil(long nanos) {
        return fine.lastUntil(nanos);
    }

    /** Takes note that the energy between two times is known. */
    void known(long fromNanos, long untilNanos) {
        fine.known(fromNanos, untilNanos);
    }

    /** Places the clocks at a time; a time beyond what is kept becomes the nearest one kept. */
    Reading at(long nanos, int key, Reading reading) {
        long fineFrom = fine.oldest();
        long coarseUntil = coarse.newest();
        if (nanos - fineFrom >= 0) {
            fine.read(nanos, key, reading);
        } else if (nanos - coarseUntil <= 0) {
            coarse.read(nanos, key, reading);
        } else {
            // The rings do not meet: the clock is drawn straight across.
            coarse.read(coarseUntil, key, reading);
            fine.read(fineFrom, key, beyond);
            reading.approach(beyond, (double) (nanos - coarseUntil) / (fineFrom - coarseUntil));
        }
        return reading;
    }

    /**
     * Takes note that a call is settled: together calls get no more of a tick than the unit-seconds it was divided by. A call that was
     * booked late, because its thread lost the processor between reading the clock and booking, is in the next tick's; what it would
     * have had of the one before is taken from {@code until}. Of ticks in the fine ring only.
     *
     * @param until of the end of the call; changed
     */
    void claim(long fromNanos, long untilNanos, int key, long units, Reading until) {
        fine.claim(fromNanos, untilNanos, key, units, until);
    }

    /** What the clocks of one model showed at one time. */
    static final class Reading {
        final double[] perUnit = new double[Lanes.COUNT];
        double knownSeconds;

        void approach(Reading other, double part) {
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                perUnit[lane] += (other.perUnit[lane] - perUnit[lane]) * part;
            }
            knownSeconds += (other.knownSeconds - knownSeconds) * part;
        }
    }
}
