package io.inferwatt.core.call;

import java.lang.invoke.VarHandle;

/**
 * What a thread that makes calls writes down for the sampler: the processor time it has used outside calls, and the stretch of a call that
 * ended last. Only that thread writes; the sampler reads, and looks again where the {@linkplain #version version} has moved meanwhile.
 *
 * <p>The sampler drains what has ended and looks at what is in flight one after the other. A call that ends in between is in neither: the
 * processor time of a whole tick seemed to be that of the thread outside its calls, and the next tick had it twice.
 */
final class CallerNotes {

    private static final long UNKNOWN = ThreadClock.UNKNOWN;
    private static final long NOT_RECORDED = -1;

    /** Odd while the thread writes. */
    private long version;

    private long outsideNanos;

    /** The thread's clock when its last call ended; not known inside a call. */
    private long cpuAtEndNanos = UNKNOWN;

    private int endedKey;
    private long usedNanos;
    private long drainsBefore;

    /**
     * A call begins.
     *
     * @param cpuNanos the thread's clock, {@link ThreadClock#UNKNOWN} if it is not read
     */
    void began(long cpuNanos) {
        if (cpuAtEndNanos == UNKNOWN) {
            return;
        }
        open();
        if (cpuNanos != UNKNOWN) {
            outsideNanos += cpuNanos - cpuAtEndNanos;
        }
        cpuAtEndNanos = UNKNOWN;
        close();
    }

    /**
     * What changes until {@link #close} is one step for who reads. Where the stack or the memory ends in between it stays open, until the
     * next step is closed.
     */
    void open() {
        version |= 1;
        VarHandle.storeStoreFence();
    }

    /** A stretch of a call has ended, of which the processor time is known; it will now be recorded. */
    void ended(int key, long used) {
        endedKey = key;
        usedNanos = used;
        drainsBefore = NOT_RECORDED;
    }

    /**
     * What has ended is recorded. Of a stretch that is too short for its processor time to be read nothing was noted.
     *
     * @param drains how often what is recorded there had been drained before
     */
    void recorded(long drains) {
        if (drainsBefore == NOT_RECORDED) {
            drainsBefore = drains;
        }
    }

    /** From here on the thread is outside. */
    void left(long cpuNanos) {
        cpuAtEndNanos = cpuNanos;
    }

    void close() {
        VarHandle.storeStoreFence();
        version++;
    }

    long version() {
        long now = version;
        VarHandle.loadLoadFence(); // what is read from here on is not older
        return now;
    }

    /** Returns whether what was read since {@link #version} belongs together. */
    boolean isStill(long versionBefore) {
        VarHandle.loadLoadFence(); // what was read until here is not newer
        return (versionBefore & 1) == 0 && version == versionBefore;
    }

    /** Returns the processor time of the stretch that ended last if it was recorded after so many drains, or is not yet; else 0. */
    long usedAfter(long drains) {
        long before = drainsBefore;
        return before == drains || before == NOT_RECORDED ? usedNanos : 0;
    }

    int endedKey() {
        return endedKey;
    }

    /** Returns the processor time outside calls, from the end of the first one on. */
    long outsideNanos(ThreadClock clock, long threadId) {
        long since = cpuAtEndNanos;
        long now = since == UNKNOWN ? UNKNOWN : clock.nanos(threadId);
        return now == UNKNOWN ? outsideNanos : outsideNanos + Math.max(0, now - since);
    }
}
