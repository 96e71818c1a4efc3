package io.inferwatt.core.call;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one thread, outermost first. Only that thread pushes and pops; the sampler reads the outermost one.
 *
 * <p>Only the outermost call is recorded. An inner call of the same layer is the same call seen twice (overloads that call
 * each other); one of another layer is part of the outer call and leaves with it what the outer does not know.
 */
final class ThreadCalls {

    private static final int DEEPEST = 16;

    final long threadId;
    final int home;
    final boolean virtual;
    final TargetTable targets;

    private final InferenceCall[] frames = new InferenceCall[DEEPEST];
    private final InferenceCall root = new InferenceCall(this);
    /** What the calls directly inside each frame reported, used only if that one reports nothing itself. */
    private final InferenceCall[] inner = new InferenceCall[DEEPEST];
    /** Handed out beyond {@link #DEEPEST}; never on the stack, so its end does nothing. */
    private final InferenceCall tooDeep = new InferenceCall(this);

    private int depth;

    final CallerNotes notes = new CallerNotes();

    /** The sampler's own: how much of the processor time outside calls it has added up, and the call it last saw. */
    long addedOutsideNanos;

    boolean isLeftAlone;
    long seenBeginNanos;
    int looksSinceCall;

    /** Weak, since a thread that has ended may keep much alive. */
    private final WeakReference<Thread> thread;

    ThreadCalls(Thread thread, boolean virtual, TargetTable targets) {
        this.targets = targets;
        this.thread = new WeakReference<>(thread);
        this.threadId = thread.getId();
        this.virtual = virtual;
        this.home =
                (int) ((threadId * 0x9E3779B97F4A7C15L) >>> 40); // Fibonacci hash: neighbouring ids, distant stripes
        frames[0] = root;
        inner[0] = new InferenceCall(this);
    }

    InferenceCall root() {
        return root;
    }

    /** Returns whether the thread is no more: who is still in flight on it has lost its end. */
    boolean hasEnded() {
        Thread living = thread.get();
        return living == null || !living.isAlive();
    }

    int depth() {
        return depth;
    }

    InferenceCall top() {
        return frames[depth - 1];
    }

    InferenceCall pushRoot(String layer, int key, long requests, long units) {
        root.open(layer, key, requests, units);
        inner[0].open(layer, key, requests, units);
        depth = 1;
        return root;
    }

    InferenceCall pushInner(String layer, int key, long units) {
        if (depth == DEEPEST) {
            return tooDeep;
        }
        InferenceCall frame = frames[depth];
        if (frame == null) {
            InferenceCall inside = new InferenceCall(this); // both before either is kept: memory may be short
            frame = new InferenceCall(this);
            inner[depth] = inside;
            frames[depth] = frame;
        }
        frame.open(layer, key, 1, units);
        frame.beginNanos = root.beginNanos; // not that of the call that was here before
        inner[depth].open(layer, key, 1, units);
        depth++;
        return frame;
    }

    /**
     * Ends the outermost call, or a stretch of it, for the sampler as well.
     *
     * @param usedNanos processor time of the stretch, {@link ThreadClock#UNKNOWN} if it was not read
     * @param cpuNanos the thread's clock if it leaves the call, {@link ThreadClock#UNKNOWN} if it goes on
     * @return false if somebody else has ended it
     */
    boolean endRoot(long usedNanos, long cpuNanos) {
        if (usedNanos == ThreadClock.UNKNOWN) {
            return root.endOnce(root.inFlightToken());
        }
        notes.open();
        boolean ended = root.endOnce(root.inFlightToken());
        if (ended) {
            notes.ended(root.key, usedNanos);
        }
        notes.left(cpuNanos);
        notes.close();
        return ended;
    }

    /** Takes {@code call} and whatever was left above it off the stack; false if it is not on it. */
    boolean pop(InferenceCall call) {
        for (int i = depth - 1; i >= 0; i--) {
            if (frames[i] == call) {
                depth = i;
                return true;
            }
        }
        return false;
    }

    void clear() {
        depth = 0;
    }

    /** Returns the innermost call on the stack that works for one of another thread, or null. */
    @Nullable
    DetachedCall lender() {
        for (int i = depth - 1; i >= 0; i--) {
            DetachedCall lender = frames[i].lender;
            if (lender != null) {
                return lender;
            }
        }
        return null;
    }

    /** Returns the innermost call on the stack, on this side of a {@link #lender}, that asks another machine itself; or null. */
    @Nullable
    InferenceCall remote() {
        for (int i = depth - 1; i >= 0 && frames[i].lender == null; i--) {
            if (frames[i].asksItself) {
                return frames[i];
            }
        }
        return null;
    }

    /** Notes that what the calls of this thread ask is asked under another key from now on. */
    void askAs(int key) {
        for (int i = 0; i < depth; i++) {
            targets.asked(key, TargetTable.NONE, frames[i].target);
        }
    }

    /** Settles the tokens of a call that was just popped: its own, else those of its inner calls. */
    void settleTokens(InferenceCall finished) {
        InferenceCall inside = inner[depth];
        if (!finished.hasTokens() && inside.hasTokens()) {
            finished.addTokensOf(inside);
        }
        if (depth > 0) {
            inner[depth - 1].addTokensOf(finished);
        }
    }
}
