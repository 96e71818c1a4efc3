package io.inferwatt.core.call;

import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The platform threads that make calls, as the sampler looks at them while they do. Threads add themselves; all else is the sampler's alone. */
final class CallingThreads {

    private final CallRecorder recorder;
    private final Queue<ThreadCalls> threads = new ConcurrentLinkedQueue<>();
    private long callersNanos;

    CallingThreads(CallRecorder recorder) {
        this.recorder = recorder;
    }

    void add(ThreadCalls thread) {
        threads.add(thread);
    }

    /** As {@link Calls#addCpuInFlight}. */
    void addCpuInFlight(long[] cpuNanos, long[] unreadNanos, long nowNanos, ThreadClock clock, long maxDurationNanos) {
        for (ThreadCalls thread : threads) {
            InferenceCall root = thread.root();
            long token = root.inFlightToken();
            long threadCpu = token == 0 ? 0 : clock.nanos(thread.threadId);
            if (token == 0) {
                continue;
            }
            int key = root.key;
            long begin = root.beginNanos;
            long booked = root.bookedNanos;
            long cpuBegin = root.cpuBeginNanos;
            VarHandle.loadLoadFence(); // keeps the reads above before the next one
            if (root.inFlightToken() != token) {
                continue; // it ended meanwhile: the next drain has its whole time
            }
            long cpu = Calls.sinceBegin(cpuBegin, threadCpu);
            if (cpu == Calls.NOT_READ) {
                unreadNanos[key] += Math.max(0, nowNanos - booked);
            } else {
                cpuNanos[key] += cpu;
            }
            if (nowNanos - begin > maxDurationNanos || thread.hasEnded()) {
                abandon(root, token, nowNanos, cpu);
            }
        }
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
    long nanos(ThreadClock clock) {
        for (ThreadCalls thread : threads) {
            InferenceCall root = thread.root();
            long begin = root.beginNanos;
            thread.looksSinceCall =
                    root.inFlightToken() != 0 || begin != thread.seenBeginNanos ? 0 : thread.looksSinceCall + 1;
            thread.seenBeginNanos = begin;
            if (thread.looksSinceCall <= Calls.LOOKS_AFTER_CALL) {
                addCpu(thread, root.cpuBeginNanos, clock);
            } else {
                thread.addedCpuNanos =
                        Calls.NOT_READ; // what it does until its next call is not followed, and must not come then
            }
        }
        return callersNanos;
    }

    private void addCpu(ThreadCalls thread, long cpuBegin, ThreadClock clock) {
        if (cpuBegin == Calls.NOT_READ) {
            thread.addedCpuNanos = Calls.NOT_READ; // its calls are too short to know what of its time is theirs
            return;
        }
        long now = clock.nanos(thread.threadId);
        if (now != Calls.NOT_READ) {
            long since = thread.addedCpuNanos == Calls.NOT_READ ? cpuBegin : thread.addedCpuNanos;
            callersNanos += Math.max(0, now - since);
            thread.addedCpuNanos = now;
        }
    }

    /** Forgets threads that have ended and have no call in flight. */
    void forgetDead() {
        threads.removeIf(thread -> thread.root().inFlightToken() == 0 && thread.hasEnded());
    }
}
