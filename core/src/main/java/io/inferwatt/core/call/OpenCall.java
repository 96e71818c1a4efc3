package io.inferwatt.core.call;

import org.jspecify.annotations.Nullable;

/**
 * A call in flight that an application holds in its hands: it may forget to end it, end it twice, late, or on another thread,
 * and no other call may suffer from that. Ends once.
 */
public final class OpenCall {

    private final Calls calls;
    private final InferenceCall call;
    private final Thread thread = Thread.currentThread();
    private final boolean outermost;
    private final long begunNanos;
    private volatile boolean ended;

    /**
     * Takes charge of a call.
     *
     * @param call that {@link Calls#start} has just returned on this thread
     */
    public OpenCall(Calls calls, InferenceCall call) {
        this.calls = calls;
        this.call = call;
        this.outermost = call.isRoot() && call.reentries == 0;
        this.begunNanos = call.root().beginNanos;
    }

    /** Returns for how long it has been in flight; null if it is part of another one, or has ended. On any thread. */
    public @Nullable UnitTime unitTime(long nowNanos) {
        if (ended || !outermost || call.inFlightToken() == 0) {
            return null;
        }
        UnitTime time = UnitTime.of(call.key, call.units, call.bookedNanos, nowNanos);
        return call.root().beginNanos == begunNanos ? time : null;
    }

    /**
     * Ends the call, if it has not ended. From another thread a part of another call is left alone, to end with that, and of a
     * call of its own the processor time is not known.
     */
    public void finish(Outcome outcome) {
        if (ended || call.root().beginNanos != begunNanos) {
            return; // its thread's next call may be in the same instance by now
        }
        ended = true;
        if (Thread.currentThread() != thread) {
            if (outermost) {
                calls.finishFromElsewhere(call, begunNanos, outcome);
            }
            return;
        }
        if (outermost) {
            call.reentries = 0; // those that were never ended
        }
        calls.finish(call, outcome);
    }
}
