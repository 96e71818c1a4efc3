package io.inferwatt.core.sampling;

import io.inferwatt.core.report.MeterSnapshot.TickTotals;

/**
 * How many ticks there were and how late they came: how much more time lay between the beginnings of two ticks than was meant to,
 * their own work included. Sampler thread only.
 */
final class TickTimes {

    /** The latest is that of this and the window before. */
    private static final long WINDOW_NANOS = 30_000_000_000L;

    private long done;
    private double lateSeconds;
    private long latestNanos;
    private long latestBeforeNanos;
    private long windowNanos;
    private long begunNanos;
    private long meantNanos;
    private boolean meant;

    /** Sets where time begins; the first tick is meant to come at once. */
    void start(long nowNanos) {
        begunNanos = nowNanos;
        windowNanos = nowNanos;
        meant = true;
    }

    /** Tells that a tick begins. */
    void begin(long nowNanos) {
        if (nowNanos - windowNanos >= WINDOW_NANOS) {
            latestBeforeNanos = nowNanos - windowNanos >= 2 * WINDOW_NANOS ? 0 : latestNanos;
            latestNanos = 0;
            windowNanos = nowNanos;
        }
        if (meant) { // else the tick before failed, and nothing was meant
            long late = Math.max(0, nowNanos - begunNanos - meantNanos);
            lateSeconds += late / 1e9;
            latestNanos = Math.max(latestNanos, late);
        }
        begunNanos = nowNanos;
        meant = false;
    }

    /** Tells that a tick has ended, and how long after its beginning the next one is meant to begin. */
    long end(long nextNanos) {
        done++;
        meantNanos = nextNanos;
        meant = true;
        return nextNanos;
    }

    /**
     * Returns what is known now.
     *
     * @param intervalNanos the tick in force while calls run
     */
    TickTotals totals(long intervalNanos, SelfLimiter limiter) {
        return new TickTotals(
                done,
                lateSeconds,
                Math.max(latestNanos, latestBeforeNanos) / 1e9,
                intervalNanos / 1e9,
                limiter.lengthenings(),
                limiter.share(),
                limiter.allowedShare());
    }
}
