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
 * <p>The last {@value #FINE} ticks are kept, and beyond them readings that are the farther apart the older they are, so that the begin of
 * a long call is interpolated over some 2 % of its length at most. Sampler thread only.
 */
final class EnergyClocks {

    static final int FINE = 512;

    /** Size of each ring beyond the ticks, each with steps of four times those of the one before. */
    private static final int OLDER = 128;

    private static final int OLDER_RINGS = 4;
    private static final int WIDER = 4;

    /** All of them together, in steps of the first: 126 × (1 + 4 + 16 + 64). */
    private static final long STEPS_IN_ALL = (OLDER - 2) * 85L;

    private final long firstStepNanos;
    private final ClockRing fine = new ClockRing(FINE);

    /** The finest first; what one ring is about to lose goes to the next, if that has waited for a step. */
    private final ClockRing[] rings = new ClockRing[1 + OLDER_RINGS];

    private final Reading beyond = new Reading();

    /**
     * Starts all clocks at 0.
     *
     * @param reachNanos how far back a call may begin
     */
    EnergyClocks(long reachNanos) {
        this.firstStepNanos = Math.max(1, reachNanos / STEPS_IN_ALL);
        rings[0] = fine;
        for (int i = 1; i < rings.length; i++) {
            rings[i] = new ClockRing(OLDER);
        }
    }

    /** Sets where time begins. */
    void start(long nanos) {
        fine.append(nanos);
        for (int i = 1; i < rings.length; i++) {
            rings[i].appendOldestOf(fine);
        }
    }

    /**
     * Goes on to the end of a tick; the clocks stand still until {@link #spread} moves them.
     *
     * @param unitSeconds what each model had in flight in the tick
     */
    void tick(long nanos, double[] unitSeconds, int keys) {
        passOn(0, firstStepNanos);
        fine.append(nanos);
        for (int key = 0; key < keys; key++) {
            if (unitSeconds[key] > 0) {
                fine.addUnitSeconds(key, unitSeconds[key]);
            }
        }
    }

    /** Keeps the oldest reading of a ring in the next one, before it is overwritten. */
    private void passOn(int from, long stepNanos) {
        ClockRing older = rings[from + 1];
        if (rings[from].isFull() && rings[from].oldest() - older.newest() >= stepNanos) {
            if (from + 2 < rings.length) {
                passOn(from + 1, WIDER * stepNanos);
            }
            older.appendOldestOf(rings[from]);
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
        for (int i = 0; i + 1 < rings.length; i++) {
            long oldest = rings[i].oldest();
            if (nanos - oldest >= 0) {
                rings[i].read(nanos, key, reading);
                return reading;
            }
            long olderUntil = rings[i + 1].newest();
            if (nanos - olderUntil > 0) {
                // The rings do not meet: the clock is drawn straight across.
                rings[i + 1].read(olderUntil, key, reading);
                rings[i].read(oldest, key, beyond);
                reading.approach(beyond, (double) (nanos - olderUntil) / (oldest - olderUntil));
                return reading;
            }
        }
        rings[rings.length - 1].read(nanos, key, reading);
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
