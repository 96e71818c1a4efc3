package io.inferwatt.core.sampling;

/**
 * Processor time that the threads of an engine have certainly used while no call was in flight: a lower bound, told about
 * once a second. Sampler thread only.
 *
 * <p>A pool of n threads cannot work longer for its calls than n times the time in which any was in flight. What is beyond
 * that was burnt with nothing to do. It is compared over at least {@link #WINDOW_NANOS}, since the clocks of running
 * threads are behind; that lag is taken off each window, so that the bound holds however it falls.
 */
final class SpinningBound {

    /** A hundred times the lag: it costs the bound at most 1 % of the pool. */
    static final long WINDOW_NANOS = 1_000_000_000;

    /** The kernel brings {@code schedstat} of a running thread up to date at each of its ticks, at the rarest 100 a second. */
    static final long LAG_NANOS = 10_000_000;

    private int threads;
    private boolean open;
    private long fromNanos;
    private long fromInFlightNanos;
    private long fromBegun;
    private long fromLateNanos;
    private long cpuNanos;

    /** @param threads how many threads the pool has */
    SpinningBound(int threads) {
        this.threads = threads;
    }

    /** Takes note that the pool has one more thread. */
    void grow() {
        threads++;
    }

    /** Adds what the clocks of the pool moved on since they were read before. */
    void ran(long nanos) {
        cpuNanos += nanos;
    }

    /** Forgets the window: of its time it is not known what was in flight. */
    void drop() {
        open = false;
    }

    /** Returns whether {@link #look} would close the window or open one. */
    boolean isDue(long nanos) {
        return !open || nanos - fromNanos >= WINDOW_NANOS;
    }

    /**
     * Closes the window just after the clocks were read, if it is long enough, and opens the next.
     *
     * @param nanos up to when the times in flight reach
     * @param lateNanos for how much longer the threads may have worked until their clocks were read
     * @param inFlightNanos summed time in flight of the pool's users, from an arbitrary origin
     * @param begun calls of the pool's users so far
     * @return nanoseconds of processor time certainly used with nothing in flight, not told before
     */
    long look(long nanos, long lateNanos, long inFlightNanos, long begun) {
        if (!isDue(nanos)) {
            return 0;
        }
        long certain = 0;
        // Spinning follows a call. A pool that works without any is one whose calls are not seen.
        if (open && begun != fromBegun) {
            long inFlight = Math.min(nanos - fromNanos, inFlightNanos - fromInFlightNanos);
            certain = cpuNanos - threads * (inFlight + fromLateNanos + lateNanos + LAG_NANOS);
        }
        open = true;
        fromNanos = nanos;
        fromLateNanos = lateNanos;
        fromInFlightNanos = inFlightNanos;
        fromBegun = begun;
        cpuNanos = 0;
        return Math.max(0, certain);
    }
}
