package io.inferwatt.agent.tracing;

import io.inferwatt.core.report.CallRate;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The span in which a call began that may end on another thread. Held weakly: whoever is going to end the span holds it, and one that
 * nobody will end is never seen. Safe from all threads; nothing here throws.
 */
public final class DistantSpan {

    private final WeakReference<TracingApi> api;
    private final WeakReference<Object> span;
    private final long spanId;

    DistantSpan(TracingApi api, Object span, long spanId) {
        this.api = new WeakReference<>(api);
        this.span = new WeakReference<>(span);
        this.spanId = spanId;
    }

    /** As {@link CallSpan#tell(CallRate, double)}, if the span is still there. */
    public void tell(CallRate rate, double unitSeconds) {
        TracingApi telemetry = api.get();
        Object told = span.get();
        if (telemetry != null && told != null) {
            tell(telemetry, told, spanId, rate, unitSeconds);
        }
    }

    static void tell(TracingApi api, @Nullable Object span, long spanId, CallRate rate, double unitSeconds) {
        if (span != null && api.isOpen(span)) {
            synchronized (SpanLocks.of(spanId)) {
                EnergyAttributes.add(api, span, rate, unitSeconds);
            }
        }
    }
}
