package io.inferwatt.agent.tracing;

import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.footprint.remote.RemoteEstimate;
import io.inferwatt.core.footprint.remote.RemoteResult;
import io.inferwatt.core.footprint.remote.Unestimated;
import io.inferwatt.core.report.CallRate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The span in which a call of a model began. {@link #enter} and {@link #leave} are for the thread that begins the call,
 * the rest may be called from any thread; nothing here throws.
 */
public final class CallSpan {

    private final @Nullable TracingApi api;
    private final @Nullable Object span;
    private final boolean readable;
    private final boolean sampled;
    private final long traceHigh;
    private final long traceLow;
    private final long spanId;
    private @Nullable OpenSpan open;

    /** @param readable whether it records, and its kind and attributes can be read */
    CallSpan(
            @Nullable TracingApi api,
            @Nullable Object span,
            boolean readable,
            boolean sampled,
            long traceHigh,
            long traceLow,
            long spanId) {
        this.api = api;
        this.span = span;
        this.readable = readable;
        this.sampled = sampled;
        this.traceHigh = traceHigh;
        this.traceLow = traceLow;
        this.spanId = spanId;
    }

    /** Returns that there is no span; calls inside may have one. */
    static CallSpan none() {
        return new CallSpan(null, null, false, false, 0, 0, 0);
    }

    /** Tells whether it is about a call of a model: such are marked, or began inside one. */
    boolean isClients() {
        return api != null && span != null && readable && api.isClients(span, open != null && open.beganInside());
    }

    /** Links the call to the span, if anybody will ever see that: it is sampled. */
    public void link(InferenceCall call) {
        if (sampled) {
            call.trace(traceHigh, traceLow, spanId);
        }
    }

    /** Returns whether the call is linked to it. */
    boolean isOf(InferenceCall call) {
        return call.isTracedBy(traceHigh, traceLow, spanId);
    }

    /**
     * Writes what a call of a local model is likely to have drawn, if the span has not ended. Spans of all kinds are told: this energy is
     * told to no other one.
     *
     * @param rate what its calls drew lately
     * @param unitSeconds how long this one was in flight
     */
    public void tell(CallRate rate, double unitSeconds) {
        if (api != null && readable) {
            DistantSpan.tell(api, span, spanId, rate, unitSeconds);
        }
    }

    /** Returns the same for who may end the call on another thread; null if nothing can be told to it. */
    @Nullable
    DistantSpan distant() {
        return api == null || span == null || !readable ? null : new DistantSpan(api, span, spanId);
    }

    /**
     * Takes note that a call begins, so that those inside it know of it.
     *
     * @param outermost whether no other call is around it on this thread
     */
    public void enter(boolean outermost) {
        open = OpenSpan.enter(traceLow, spanId, outermost);
    }

    /** Takes note that calls on this thread are not inside it any more. */
    public void leave() {
        entered().leave();
    }

    /** Makes the calls of another thread be inside it until {@link Attached#detach}. */
    public Attached attachThread() {
        return new Attached(entered().attachThread());
    }

    /** What the calls of a thread were inside before. */
    public static final class Attached {

        private final @Nullable OpenSpan before;

        private Attached(@Nullable OpenSpan before) {
            this.before = before;
        }

        /** Makes the calls of the same thread be inside that again. */
        public void detach() {
            OpenSpan.detachThread(before);
        }
    }

    /** Writes what the call drew, or why that is not known, on the span, if that is about the call and has not ended. */
    public void tell(RemoteResult result) {
        TracingApi telemetry = api;
        Object told = span;
        if (telemetry == null || told == null || !isClients() || !telemetry.isOpen(told)) {
            return;
        }
        OpenSpan entered = entered();
        boolean toldInside = entered.isToldInside();
        RemoteResult said = toldInside ? entered.unknownInside() : result;
        Unestimated unknown = said instanceof Unestimated unestimated ? unestimated : null;
        if (said == null || (!toldInside && entered.leavesItTo(unknown))) {
            return;
        }
        synchronized (SpanLocks.of(spanId)) {
            if (said instanceof RemoteEstimate estimate) {
                EnergyAttributes.add(telemetry, told, estimate);
            } else if (unknown != null) {
                EnergyAttributes.add(telemetry, told, unknown);
            }
        }
        entered.tell(unknown == null);
    }

    private OpenSpan entered() {
        return Objects.requireNonNull(open, "not entered");
    }
}
