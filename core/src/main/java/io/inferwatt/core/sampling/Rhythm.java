package io.inferwatt.core.sampling;

import java.time.Duration;

/**
 * How long to wait for the next tick: short while calls are running or began within the last second, long when nothing
 * happens, and longer than that where the {@link SelfLimiter} says so.
 */
final class Rhythm {

    private static final long QUIET_NANOS = 250_000_000;
    private static final long CALM_AFTER_NANOS = 1_000_000_000;

    private final long configuredNanos;
    private final SelfLimiter limiter;
    private long busyNanos;
    private long lastBegun;
    private long lastActivityNanos;
    private boolean busy;

    Rhythm(Duration configured, SelfLimiter limiter) {
        this.configuredNanos = configured.toNanos();
        this.limiter = limiter;
        this.busyNanos = configuredNanos;
    }

    /**
     * Returns nanoseconds from this tick to the next.
     *
     * @param begun calls begun so far
     * @param inFlight calls running now
     * @param wantedNanos what slow counters want while busy, to see when they move
     */
    long next(long nowNanos, long begun, long inFlight, long wantedNanos) {
        busyNanos = Math.min(configuredNanos, wantedNanos);
        if (begun != lastBegun || inFlight > 0) {
            lastBegun = begun;
            lastActivityNanos = nowNanos;
            busy = true;
        } else if (nowNanos - lastActivityNanos > CALM_AFTER_NANOS) {
            busy = false;
        }
        return limiter.lengthened(busy ? busyNanos : Math.max(configuredNanos, QUIET_NANOS));
    }

    /** Returns how long a tick would be while calls run, if there were no limit. */
    long busyNanos() {
        return busyNanos;
    }

    /** Returns how long a tick is while calls run. */
    long busyNanosInForce() {
        return limiter.lengthened(busyNanos);
    }

    SelfLimiter limiter() {
        return limiter;
    }

    boolean isBusy() {
        return busy;
    }
}
