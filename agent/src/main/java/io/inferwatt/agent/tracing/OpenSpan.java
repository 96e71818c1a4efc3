package io.inferwatt.agent.tracing;

import io.inferwatt.core.footprint.remote.Unestimated;
import org.jspecify.annotations.Nullable;

/**
 * That a call is in flight within a span, for the calls inside it: they often run in the same span, and what they draw must be on
 * it once. Knows the span by its number only, so that no thread keeps an object of the application.
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

    /** Makes calls of this thread, which has none of its own, be inside this one. */
    void attachThread() {
        INNERMOST.set(this);
    }

    static void detachThread() {
        INNERMOST.remove();
    }

    /** Returns whether a call around this one in the same span will say, or has said, what this one cannot. */
    boolean leavesItTo(@Nullable Unestimated unknown) {
        OpenSpan outer = sameSpanAround();
        if (outer == null) {
            return false;
        }
        if (unknown != null) {
            outer.unknownInside = unknown;
        }
        return outer.told || unknown != null;
    }

    /** Takes note that this call has written on the span; calls around it in the same span must not. */
    void tell() {
        told = true;
        for (OpenSpan outer = sameSpanAround(); outer != null; outer = outer.sameSpanAround()) {
            outer.toldInside = true;
        }
    }

    boolean isToldInside() {
        return toldInside;
    }

    /** Returns why a call inside is not in the sum, null if there is none. */
    @Nullable
    Unestimated unknownInside() {
        return unknownInside;
    }

    private @Nullable OpenSpan sameSpanAround() {
        OpenSpan outer = around;
        while (outer != null && (outer.spanId != spanId || outer.traceLow != traceLow)) {
            outer = outer.around;
        }
        return outer;
    }
}
