package io.inferwatt.core.energy;

/**
 * Turns the raw readings of one cumulative energy register into energy drawn since the previous reading: corrects one
 * overflow, refuses what a restart, a long pause or a broken register makes unknowable. Registers are unwrapped one by
 * one, before any sum over them: a sum of wrapped values has no known range. One thread at a time.
 */
public final class UnwrappingCounter {

    /** Range of a register that never overflows in practice, or whose range nobody knows: a decrease is a restart. */
    public static final long NO_RANGE = 0;

    /** Registers of GPUs move every 20 to 100 ms. */
    private static final long SLOWEST_NANOS = 100_000_000;

    private final long rangeMicrojoules;
    private final double ceilingMicrojoulesPerNano;

    private boolean anchored;
    private long lastMicrojoules;
    private long lastNanos;
    private long movedNanos;
    private boolean moved;
    private CounterHealth health = CounterHealth.GOOD;

    /**
     * @param rangeMicrojoules the value after which the register starts again at 0, or {@link #NO_RANGE}
     * @param ceilingWatts no more than this can be drawn; more is implausible
     */
    public UnwrappingCounter(long rangeMicrojoules, double ceilingWatts) {
        this.rangeMicrojoules = Math.max(NO_RANGE, rangeMicrojoules);
        // 1 W = 1e6 µJ/s = 1e-3 µJ/ns
        this.ceilingMicrojoulesPerNano = ceilingWatts * 1e-3;
    }

    /**
     * Returns the microjoules between the previous reading and this one, 0 or more, or {@link EnergyCounter#UNKNOWN} for
     * the first reading and for those that tell nothing; the next difference is then taken from this reading. A reading
     * of the same instant as the previous one is ignored: what it shows is part of the next difference.
     */
    public long step(long rawMicrojoules, long nowNanos) {
        if (!anchored) {
            return unknown(rawMicrojoules, nowNanos);
        }
        long nanos = nowNanos - lastNanos;
        if (nanos <= 0) {
            return 0;
        }
        if (rangeMicrojoules != NO_RANGE && nanos * ceilingMicrojoulesPerNano > rangeMicrojoules) {
            // Long enough to have wrapped more than once.
            return unknown(rawMicrojoules, nowNanos);
        }
        long microjoules = rawMicrojoules - lastMicrojoules;
        boolean wrapped = microjoules < 0 && looksWrapped(rawMicrojoules);
        if (microjoules < 0 && !wrapped) {
            health = new CounterHealth(health.wraps(), health.resets() + 1, health.implausible());
            return unknown(rawMicrojoules, nowNanos);
        }
        if (wrapped) {
            // The kernel states the range one unit (61 µJ at most) below the register's true modulus: harmless.
            microjoules += rangeMicrojoules;
        }
        // A slow register shows the energy of all the time since it last moved at once; when it did so before the first
        // reading nobody knows.
        long plausibleNanos = nowNanos - movedNanos + (moved ? 0 : SLOWEST_NANOS);
        if (microjoules > plausibleNanos * ceilingMicrojoulesPerNano) {
            health = new CounterHealth(health.wraps(), health.resets(), health.implausible() + 1);
            return unknown(rawMicrojoules, nowNanos);
        }
        if (wrapped) {
            health = new CounterHealth(health.wraps() + 1, health.resets(), health.implausible());
        }
        if (microjoules > 0) {
            moved = true;
            movedNanos = nowNanos;
        }
        anchor(rawMicrojoules, nowNanos);
        return microjoules;
    }

    /** Treats the next reading as the first one, because the register behind it may be another one. */
    public void forget() {
        anchored = false;
    }

    public CounterHealth health() {
        return health;
    }

    private boolean looksWrapped(long rawMicrojoules) {
        long half = rangeMicrojoules / 2;
        return rangeMicrojoules != NO_RANGE && lastMicrojoules > half && rawMicrojoules < half;
    }

    private long unknown(long rawMicrojoules, long nowNanos) {
        anchor(rawMicrojoules, nowNanos);
        moved = false;
        movedNanos = nowNanos;
        return EnergyCounter.UNKNOWN;
    }

    private void anchor(long rawMicrojoules, long nowNanos) {
        anchored = true;
        lastMicrojoules = rawMicrojoules;
        lastNanos = nowNanos;
    }
}
