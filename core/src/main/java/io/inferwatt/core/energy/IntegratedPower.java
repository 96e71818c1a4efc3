package io.inferwatt.core.energy;

/**
 * Turns readings of power into energy drawn since the previous reading, by the trapezoidal rule, in whole microjoules; the
 * rest below one is carried, so nothing is lost. Refuses what no domain could draw. One thread at a time.
 */
public final class IntegratedPower {

    private final PowerIntegral integral = new PowerIntegral();
    private final double ceilingMicrowatts;

    private double lastMicrowatts;
    private CounterHealth health = CounterHealth.GOOD;

    /** @param ceilingWatts no more than this can be drawn; more is implausible */
    public IntegratedPower(double ceilingWatts) {
        this.ceilingMicrowatts = ceilingWatts * 1e6;
    }

    /**
     * Returns the microjoules between the previous reading and this one, 0 or more, or {@link EnergyCounter#UNKNOWN} for
     * the first reading, after a long pause and for an implausible one.
     */
    public long step(double microwatts, long nowNanos) {
        if (!(microwatts >= 0 && microwatts <= ceilingMicrowatts)) {
            health = new CounterHealth(health.wraps(), health.resets(), health.implausible() + 1);
            integral.forget();
            return EnergyCounter.UNKNOWN;
        }
        long nanos = integral.elapsedNanos(nowNanos);
        double meanWatts = (lastMicrowatts + microwatts) / 2e6;
        lastMicrowatts = microwatts;
        return nanos == EnergyCounter.UNKNOWN
                ? EnergyCounter.UNKNOWN
                : integral.add(PowerIntegral.microjoules(meanWatts, nanos));
    }

    /** Treats the next reading as the first one, because nobody knows what was drawn until then. */
    public void forget() {
        integral.forget();
    }

    public CounterHealth health() {
        return health;
    }
}
