package io.inferwatt.agent.tracing;

import io.inferwatt.core.footprint.remote.Unestimated;
import org.jspecify.annotations.Nullable;

/**
 * That a call is in flight within a span, for the calls inside it: what a request draws must be on one span, once. Knows the span
 * by its number only, so that no thread keeps an object of the application.
 */
final class OpenSpan {

    /** Types of the agent alone; a thread that forgets an end starts anew with its next outermost call. */
    private static final ThreadLocal<@Nullable OpenSpan> INNERMOST = new ThreadLocal<>();

    private final long traceLow;
    private final long spanId;
    private final @Nullable OpenSpan around;

    private volatile boolean told;
    private volatile boolean toldInside;
    private volatile @Nullable Unestimated unknownInside;

    private OpenSpan(long traceLow, long spanId, @Nullable OpenSpan around) {
        this.traceLow = traceLow;
        this.spanId = spanId;
        this.around = around;
    }

    /** @param outermost whether no call is around it on this thread */
    static OpenSpan enter(long traceLow, long spanId, boolean outermost) {
        OpenSpan open = new OpenSpan(traceLow, spanId, outermost ? null : INNERMOST.get());
        INNERMOST.set(open);
        return open;
    }

    /** Ends what began on this thread, and whatever in it was forgotten. */
    void leave() {
        for (OpenSpan open = INNERMOST.get(); open != null; open = open.around) {
            if (open == this) {
                INNERMOST.set(around);
                return;
            }
        }
    }

    /** Makes calls of this thread be inside this one, and returns which one they were inside before. */
    @Nullable
    OpenSpan attachThread() {
        OpenSpan before = INNERMOST.get();
        INNERMOST.set(this);
        return before;
    }

    static void detachThread(@Nullable OpenSpan before) {
        if (before == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(before);
        }
    }

    /**
     * Returns whether the span began inside the call around this one, such as the observation that a framework makes of its call of
     * a client.
     */
    boolean beganInside() {
        return around != null && !isSameSpan(around);
    }

    /** Returns whether the call around this one says, or has said, what this one would. */
    boolean leavesItTo(@Nullable Unestimated unknown) {
        OpenSpan outer = around;
        if (outer == null) {
            return false;
        }
        if (unknown != null && isSameSpan(outer)) {
            outer.unknownInside = unknown;
            return true;
        }
        return outer.told;
    }

    /**
     * Takes note that this call has written on its span.
     *
     * @param figure whether that was a figure: calls around it must not write the same on theirs
     */
    void tell(boolean figure) {
        told = true;
        for (OpenSpan outer = around; figure && outer != null; outer = outer.around) {
            outer.toldInside = true;
        }
    }

    boolean isToldInside() {
        return toldInside;
    }

    /** Returns why a call inside, in the same span, has no figure; null if there is none. */
    @Nullable
    Unestimated unknownInside() {
        return unknownInside;
    }

    private boolean isSameSpan(OpenSpan other) {
        return other.spanId == spanId && other.traceLow == traceLow;
    }
}
