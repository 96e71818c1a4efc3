package io.inferwatt.core.call;

/** Processor time of Java threads. Safe from all threads. */
public interface ThreadClock {

    /** Returned where the processor time of a thread cannot be known, for instance of a virtual one. */
    long UNKNOWN = -1;

    /** Returns the processor time of the calling thread in nanoseconds, or {@link #UNKNOWN}. */
    long currentNanos();

    /** Returns the processor time of a live thread in nanoseconds, or {@link #UNKNOWN}. */
    long nanos(long threadId);

    /** A clock that knows nothing. */
    ThreadClock NONE = new ThreadClock() {
        @Override
        public long currentNanos() {
            return UNKNOWN;
        }

        @Override
        public long nanos(long threadId) {
            return UNKNOWN;
        }
    };
}
