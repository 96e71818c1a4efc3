package io.inferwatt.agent.tracing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows which copies of OpenTelemetry live in this JVM. Several applications may each have their own; which of them traces a call
 * is told by the thread, since each copy keeps its current span in a thread local of its own. Safe from all threads.
 */
public final class Tracing {

    private static volatile List<LivingSdk> living = List.of();

    private Tracing() {}

    /**
     * Tells that OpenTelemetry's SDK has started a span that records, and where its classes are. Before that nothing here may
     * touch OpenTelemetry: who asks it for the current span settles how it keeps it, and a later {@code
     * ContextStorage.addWrapper} of the application would be refused.
     *
     * @param sdk the loader of the SDK's classes; held weakly
     */
    public static synchronized void livesIn(ClassLoader sdk) {
        List<LivingSdk> still = new ArrayList<>();
        for (LivingSdk known : living) {
            if (known.isIn(sdk)) {
                return;
            }
            if (!known.isGone()) {
                still.add(known);
            }
        }
        still.add(new LivingSdk(sdk));
        living = List.copyOf(still);
    }

    /** Forgets what was told: calls have no span until something is told anew. */
    public static synchronized void forget() {
        living = List.of();
    }

    /**
     * Returns the span in which the calling thread works, the one of a client if there are several. Null where OpenTelemetry does not
     * live, which costs one volatile read.
     */
    public static @Nullable CallSpan current() {
        List<LivingSdk> all = living;
        if (all.isEmpty()) {
            return null;
        }
        CallSpan first = null;
        for (int i = 0; i < all.size(); i++) {
            TracingApi api = all.get(i).api();
            CallSpan span = api == null ? null : api.current();
            if (span != null && span.isClients()) {
                return span;
            }
            first = first == null ? span : first;
        }
        return first == null ? CallSpan.none() : first;
    }
}
