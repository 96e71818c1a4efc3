package io.inferwatt.core.sampling;

import java.time.Duration;

/**
 * How long to wait for the next tick: short while calls are running or began within the last second, long when nothing
 * happens.
 */
final class Rhythm {

    private static final long QUIET_NANOS = 250_000_000;
    private static final long CALM_AFTER_NANOS = 1_000_000_000;

    private final long busyNanos;
    private long lastBegun;
    private long lastActivityNanos;
    private boolean busy;

    Rhythm(Duration busy) {
        this.busyNanos = busy.toNanos();
    }

    /**
     * Returns nanoseconds from this tick to the next.
     *
     * @param begun calls begun so far
     * @param inFlight calls running now
     * @param wantedNanos what slow counters want while busy, to see when they move
     */
    long next(long nowNanos, long begun, long inFlight, long wantedNanos) {
        if (begun != lastBegun || inFlight > 0) {
            lastBegun = begun;
            lastActivityNanos = nowNanos;
            busy = true;
        } else if (nowNanos - lastActivityNanos > CALM_AFTER_NANOS) {
            busy = false;
        }
        return busy ? Math.min(busyNanos, wantedNanos) : Math.max(busyNanos, QUIET_NANOS);
    }

    boolean isBusy() {
        return busy;
    }
}
