package io.inferwatt.core.call;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The calls in flight that have left the thread they began on. Safe from all threads. */
final class DetachedCalls {

    private static final long NO_CPU = 0;

    private final CallRecorder recorder;
    private final LongSupplier nanoClock;
    private final Set<DetachedCall> inFlight = ConcurrentHashMap.newKeySet();

    DetachedCalls(CallRecorder recorder, LongSupplier nanoClock) {
        this.recorder = recorder;
        this.nanoClock = nanoClock;
    }

    /**
     * Takes over a call that was just taken off its thread.
     *
     * @param call in flight for the recorder, and in no thread's stack any more; a copy that nobody else has
     */
    DetachedCall add(InferenceCall call) {
        DetachedCall detached = new DetachedCall(this, call, null);
        call.moveTo(call.key, call.bookedNanos, ThreadClock.UNKNOWN); // it may have another key than it began with
        inFlight.add(detached);
        return detached;
    }

    /**
     * Takes over what a call asks of a remote model, as a part of another one.
     *
     * @param part a copy that nobody else has and the recorder does not know, of no requests
     * @param whole what it is a part of, if that has left its thread too
     */
    DetachedCall addPart(InferenceCall part, @Nullable DetachedCall whole) {
        DetachedCall detached = new DetachedCall(this, part, whole);
        part.begin(part.beginNanos, ThreadClock.UNKNOWN);
        inFlight.add(detached);
        return detached;
    }

    /** Ends a call, or takes note of its end while it is held. */
    void finish(DetachedCall detached, Outcome outcome) {
        synchronized (detached) {
            Outcome ends = detached.endsNow(outcome);
            if (ends != null) {
                end(detached, ends);
            }
        }
    }

    private void end(DetachedCall detached, Outcome outcome) {
        InferenceCall call = detached.call();
        long now = nanoClock.getAsLong();
        synchronized (detached) {
            if (call.endOnce(call.inFlightToken())) {
                if (!detached.isPart()) {
                    endWhole(call, outcome, now);
                } else {
                    endPart(call, detached.whole(), outcome, now);
                }
            }
        }
        inFlight.remove(detached);
    }

    private void endWhole(InferenceCall call, Outcome outcome, long nowNanos) {
        if (call.isRemote() && !call.hasTheWord()) {
            call.leaveToOthers();
        }
        recorder.end(call.thread.home, call, outcome, nowNanos, NO_CPU);
    }

    private void endPart(InferenceCall part, @Nullable DetachedCall whole, Outcome outcome, long nowNanos) {
        // Without tokens it has no word: the call around it, which asks the same, tells them or that there are none.
        boolean counts = part.hasTheWord() && (part.outerWord == null || (part.hasTokens() && part.outerWord.inside()));
        boolean failed = outcome == Outcome.ERROR || outcome == Outcome.ABANDONED;
        if (!counts || (whole != null && (whole.takeRemote(part, failed) || whole.hasToldOf(part)))) {
            return;
        }
        recorder.addPart(part.thread.home, part, outcome, nowNanos);
    }

    /**
     * Ends all calls that are held as soon as their own end comes, since nobody may release them any more: who holds a call
     * need not be of its layer.
     */
    void releaseAll() {
        for (DetachedCall detached : inFlight) {
            detached.releaseAll();
        }
    }

    void rebook(DetachedCall detached, int newKey) {
        InferenceCall call = detached.call();
        if (call.key != newKey && !detached.isPart() && call.endOnce(call.inFlightToken())) {
            long now = nanoClock.getAsLong();
            recorder.move(call.thread.home, call, newKey, now, NO_CPU);
            call.thread.targets.asked(newKey, TargetTable.NONE, call.target);
            call.moveTo(newKey, now, ThreadClock.UNKNOWN);
        }
    }

    /** Gives up the calls that are too old. */
    void giveUp(long nowNanos, long maxDurationNanos) {
        for (DetachedCall detached : inFlight) {
            if (nowNanos - detached.call().beginNanos > maxDurationNanos) {
                end(detached, Outcome.ABANDONED);
            }
        }
    }

    /** Returns how many are in flight. */
    int count() {
        return inFlight.size();
    }
}
