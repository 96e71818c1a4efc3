package io.inferwatt.core.energy;

/**
 * Adds up power over time in whole microjoules; the rest below one microjoule is carried, so nothing is lost. One thread at
 * a time.
 */
public final class PowerIntegral {

    /** Beyond this the machine was most likely suspended or the JVM stopped: no model knows what it drew then. */
    private static final long MAX_PAUSE_NANOS = 60_000_000_000L;

    private boolean anchored;
    private long lastNanos;
    private double restMicrojoules;

    /** Returns the nanoseconds since the previous call, or {@link EnergyCounter#UNKNOWN} at first or after a long pause. */
    public long elapsedNanos(long nowNanos) {
        long nanos = nowNanos - lastNanos;
        boolean known = anchored && nanos <= MAX_PAUSE_NANOS;
        anchored = true;
        lastNanos = nowNanos;
        if (!known) {
            restMicrojoules = 0;
            return EnergyCounter.UNKNOWN;
        }
        return nanos;
    }

    /** Treats the next reading as the first one. */
    public void forget() {
        anchored = false;
    }

    /** Returns the whole microjoules out of these and the rest carried so far; a negative balance is carried too. */
    public long add(double microjoules) {
        double sum = restMicrojoules + microjoules;
        long whole = Math.max(0, (long) sum);
        restMicrojoules = sum - whole;
        return whole;
    }

    /** Returns the microjoules of a constant power; 1 W is 1e-3 µJ/ns. */
    public static double microjoules(double watts, long nanos) {
        return watts * nanos * 1e-3;
    }
}
