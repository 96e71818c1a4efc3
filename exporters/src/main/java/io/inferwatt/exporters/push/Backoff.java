package io.inferwatt.exporters.push;

import java.util.concurrent.ThreadLocalRandom;

/** How long to wait after attempts that failed: twice as long each time, and not at the same moment as everybody else. */
final class Backoff {

    private static final long LONGEST_NANOS = 300_000_000_000L;
    private static final double SPREAD = 0.2;

    private final long firstNanos;
    private long nextNanos;

    Backoff(long firstNanos) {
        this.firstNanos = firstNanos;
        this.nextNanos = firstNanos;
    }

    void reset() {
        nextNanos = firstNanos;
    }

    /** Returns the pause after one more failure, at least as long as the server asked for. */
    long afterFailure(long askedNanos) {
        long pause =
                (long) (nextNanos * (1 + SPREAD * ThreadLocalRandom.current().nextDouble()));
        nextNanos = Math.min(LONGEST_NANOS, 2 * nextNanos);
        return Math.max(pause, askedNanos);
    }
}
