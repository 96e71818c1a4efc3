package io.inferwatt.core.call;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The platform threads that make calls, as the sampler looks at them while they do. Threads add themselves; all else is the sampler's alone. */
final class CallingThreads {

    /** A thread that begins or ends a call during a look is looked at once more; twice in a row is left to the next tick. */
    private static final int LOOKS = 2;

    private final CallRecorder recorder;
    private final Queue<ThreadCalls> threads = new ConcurrentLinkedQueue<>();
    private long outsideNanos;

    CallingThreads(CallRecorder recorder) {
        this.recorder = recorder;
    }

    void add(ThreadCalls thread) {
        threads.add(thread);
    }

    /** As {@link Calls#addCpuInFlight}. */
    void addCpuInFlight(
            long[] cpuNanos, long[] unreadNanos, CallDrain drain, ThreadClock clock, long maxDurationNanos) {
        for (ThreadCalls thread : threads) {
            for (int look = 0; look < LOOKS; look++) {
                if (add(thread, cpuNanos, unreadNanos, drain, clock, maxDurationNanos)) {
                    break;
                }
            }
        }
    }

    /** Returns false if the thread began or ended a call meanwhile; nothing was added then. */
    private boolean add(
            ThreadCalls thread,
            long[] cpuNanos,
            long[] unreadNanos,
            CallDrain drain,
            ThreadClock clock,
            long maxDurationNanos) {
        CallerNotes notes = thread.notes;
        long version = notes.version();
        long used = notes.usedAfter(drain.number());
        int endedKey = notes.endedKey();
        InferenceCall root = thread.root();
        long token = root.inFlightToken();
        int key = root.key;
        long begin = root.beginNanos;
        long booked = root.bookedNanos;
        long cpu = token == 0 ? 0 : Calls.sinceBegin(root.cpuBeginNanos, clock.nanos(thread.threadId));
        // Such a call is given up whatever its thread has left behind.
        boolean overdue = token != 0 && (drain.nanos() - begin > maxDurationNanos || thread.hasEnded());
        if ((!notes.isStill(version) && !overdue) || root.inFlightToken() != token) {
            return false;
        }
        if (used > 0) {
            cpuNanos[endedKey] += used;
        }
        if (token == 0) {
            return true;
        }
        if (cpu == Calls.NOT_READ) {
            unreadNanos[key] += Math.max(0, drain.nanos() - booked);
        } else {
            cpuNanos[key] += cpu;
        }
        if (overdue) {
            abandon(root, token, drain.nanos(), cpu);
        }
        return true;
    }

    private void abandon(InferenceCall root, long token, long nowNanos, long cpuNanos) {
        // Copied first: once the call is ended its thread may open the next one in the same instance.
        InferenceCall copy = root.copy();
        boolean lent = root.lender != null;
        if (root.endOnce(token)) {
            if (lent) {
                recorder.use(root.thread.home, copy, nowNanos, cpuNanos);
            } else {
                recorder.end(root.thread.home, copy, Outcome.ABANDONED, nowNanos, cpuNanos);
            }
        }
    }

    /** As {@link Calls#callersNanos}. */
    long outsideNanos(ThreadClock clock) {
        for (ThreadCalls thread : threads) {
            InferenceCall root = thread.root();
            long begin = root.beginNanos;
            thread.looksSinceCall =
                    root.inFlightToken() != 0 || begin != thread.seenBeginNanos ? 0 : thread.looksSinceCall + 1;
            thread.seenBeginNanos = begin;
            if (thread.looksSinceCall <= Calls.LOOKS_AFTER_CALL) {
                addOutside(thread, clock);
            } else {
                thread.isLeftAlone = true; // what it does until its next call must not come then
            }
        }
        return outsideNanos;
    }

    private void addOutside(ThreadCalls thread, ThreadClock clock) {
        long version = thread.notes.version();
        long outside = thread.notes.outsideNanos(clock, thread.threadId);
        if (!thread.notes.isStill(version)) {
            return; // the next look has it
        }
        if (outside > thread.addedOutsideNanos) {
            outsideNanos += thread.isLeftAlone ? 0 : outside - thread.addedOutsideNanos;
            thread.addedOutsideNanos = outside;
        }
        thread.isLeftAlone = false;
    }

    /** Forgets threads that have ended and have no call in flight. */
    void forgetDead() {
        threads.removeIf(thread -> thread.root().inFlightToken() == 0 && thread.hasEnded());
    }
}
