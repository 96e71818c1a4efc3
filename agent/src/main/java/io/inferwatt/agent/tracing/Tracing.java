package io.inferwatt.agent.tracing;

import io.inferwatt.agent.application.LivingCopies;
import io.inferwatt.core.call.InferenceCall;
import org.jspecify.annotations.Nullable;

/**
 * Knows which copies of OpenTelemetry live in this JVM. Several applications may each have their own; which of them traces a call
 * is told by the thread, since each copy keeps its current span in a thread local of its own. Safe from all threads.
 */
public final class Tracing {

    /** The same name everywhere: OpenTelemetry's Java agent renames the API for its own use, not the SDK. */
    private static final LivingCopies READABLE_SPANS = new LivingCopies("io.opentelemetry.sdk.trace.ReadableSpan");

    private Tracing() {}

    /**
     * Tells that OpenTelemetry's SDK has started a span that records, and where its classes are. Before that nothing here may
     * touch OpenTelemetry: who asks it for the current span settles how it keeps it, and a later {@code
     * ContextStorage.addWrapper} of the application would be refused.
     *
     * @param sdk the loader of the SDK's classes; held weakly
     */
    public static void livesIn(ClassLoader sdk) {
        READABLE_SPANS.livesIn(sdk);
    }

    /** Forgets what was told: calls have no span until something is told anew. */
    public static void forget() {
        READABLE_SPANS.forget();
    }

    /**
     * Links a call of a local model to the span in which the calling thread works, if that is sampled. Costs one volatile read where
     * OpenTelemetry does not live. Never throws.
     */
    public static void link(InferenceCall call) {
        int copies = READABLE_SPANS.count();
        for (int i = 0; i < copies; i++) {
            Class<?> readableSpan = READABLE_SPANS.get(i);
            TracingApi api = readableSpan == null ? null : TracingApi.of(readableSpan);
            if (api != null && api.link(call)) {
                return;
            }
        }
    }

    /**
     * Returns the span that a call is linked to, if the calling thread works in it: so it does where the method returns in which the call
     * began. Never throws.
     */
    public static @Nullable CallSpan of(InferenceCall call) {
        int copies = READABLE_SPANS.count();
        for (int i = 0; i < copies; i++) {
            Class<?> readableSpan = READABLE_SPANS.get(i);
            TracingApi api = readableSpan == null ? null : TracingApi.of(readableSpan);
            CallSpan span = api == null ? null : api.current();
            if (span != null && span.isOf(call)) {
                return span;
            }
        }
        return null;
    }

    /** Returns the same for who may end the call on another thread. Never throws. */
    public static @Nullable DistantSpan distant(InferenceCall call) {
        CallSpan span = of(call);
        return span == null ? null : span.distant();
    }

    /**
     * Returns the span in which the calling thread works, the one of a client if there are several. Null where OpenTelemetry does not
     * live, which costs one volatile read.
     */
    public static @Nullable CallSpan current() {
        int copies = READABLE_SPANS.count();
        if (copies == 0) {
            return null;
        }
        CallSpan first = null;
        for (int i = 0; i < copies; i++) {
            Class<?> readableSpan = READABLE_SPANS.get(i);
            TracingApi api = readableSpan == null ? null : TracingApi.of(readableSpan);
            CallSpan span = api == null ? null : api.current();
            if (span != null && span.isClients()) {
                return span;
            }
            first = first == null ? span : first;
        }
        return first == null ? CallSpan.none() : first;
    }
}
