package io.inferwatt.core.call;

import java.util.concurrent.atomic.AtomicLong;

/** Processor time of the test's own thread that the test moves on by hand; that of others is not known. */
final class HandClock implements ThreadClock {

    private final AtomicLong nanos;
    private final long threadId = Thread.currentThread().getId();

    private HandClock(AtomicLong nanos) {
        this.nanos = nanos;
    }

    static HandClock of(AtomicLong nanos) {
        return new HandClock(nanos);
    }

    @Override
    public long currentNanos() {
        return nanos.get();
    }

    @Override
    public long nanos(long ofThread) {
        return ofThread == threadId ? nanos.get() : UNKNOWN;
    }
}
