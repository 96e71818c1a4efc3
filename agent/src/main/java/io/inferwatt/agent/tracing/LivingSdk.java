package io.inferwatt.agent.tracing;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** One copy of OpenTelemetry's SDK, which its application may drop at any time. Safe from all threads. */
final class LivingSdk {

    /** The same name everywhere: OpenTelemetry's Java agent renames the API for its own use, not the SDK. */
    private static final String READABLE_SPAN = "io.opentelemetry.sdk.trace.ReadableSpan";

    private final WeakReference<ClassLoader> loader;
    private volatile WeakReference<@Nullable Class<?>> readableSpan = new WeakReference<>(null);
    private volatile boolean unusable;

    LivingSdk(ClassLoader loader) {
        this.loader = new WeakReference<>(loader);
    }

    boolean isIn(ClassLoader other) {
        return loader.refersTo(other);
    }

    boolean isGone() {
        return loader.refersTo(null);
    }

    /** Returns how to talk to it; null if it is gone or of a kind that is not known. */
    @Nullable
    TracingApi api() {
        if (unusable) {
            return null;
        }
        Class<?> type = readableSpan.get();
        if (type == null) {
            type = find();
        }
        return type == null ? null : TracingApi.of(type);
    }

    private @Nullable Class<?> find() {
        ClassLoader sdk = loader.get();
        if (sdk == null) {
            return null;
        }
        try {
            Class<?> type = Class.forName(READABLE_SPAN, false, sdk);
            readableSpan = new WeakReference<>(type);
            return type;
        } catch (ClassNotFoundException | LinkageError | RuntimeException unknown) {
            unusable = true;
            return null;
        }
    }
}
