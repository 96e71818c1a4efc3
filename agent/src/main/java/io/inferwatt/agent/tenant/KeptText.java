package io.inferwatt.agent.tenant;

import io.inferwatt.agent.application.LivingCopies;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text that the application keeps with each of its threads under a key: in SLF4J's MDC or in OpenTelemetry's baggage. Safe from all
 * threads.
 */
public final class KeptText {

    /** {@code org.slf4j.MDC.get(key)}. */
    public static final KeptText MDC = new KeptText("org.slf4j.MDC", new MdcGetter());

    /** {@code io.opentelemetry.api.baggage.Baggage.current().getEntryValue(key)}. */
    public static final KeptText BAGGAGE = new KeptText("io.opentelemetry.api.baggage.Baggage", new BaggageGetter());

    private static final MethodType TEXT_OF_KEY = MethodType.methodType(String.class, String.class);

    private final LivingCopies copies;

    /** Kept by the class itself, so that nothing here keeps the application's classes alive. */
    private final ClassValue<Optional<MethodHandle>> getters;

    private KeptText(String className, ClassValue<Optional<MethodHandle>> getters) {
        this.copies = new LivingCopies(className);
        this.getters = getters;
    }

    /** Tells that the application uses it, and where its classes are. */
    public void livesIn(ClassLoader loader) {
        copies.livesIn(loader);
    }

    /** Forgets where it lives. */
    public void forget() {
        copies.forget();
    }

    /** Returns what the calling thread keeps under a key, null if nothing. Never throws. */
    @Nullable
    String get(String key) {
        int count = copies.count();
        for (int i = 0; i < count; i++) {
            Class<?> type = copies.get(i);
            MethodHandle getter = type == null ? null : getters.get(type).orElse(null);
            if (getter != null) {
                String text = text(getter, key);
                if (text != null) {
                    return text;
                }
            }
        }
        return null;
    }

    private static @Nullable String text(MethodHandle getter, String key) {
        try {
            return (String) getter.invokeExact(key);
        } catch (Throwable failed) {
            return null; // an application whose logging fails to start has its own troubles
        }
    }

    private static final class MdcGetter extends ClassValue<Optional<MethodHandle>> {

        @Override
        protected Optional<MethodHandle> computeValue(Class<?> mdc) {
            try {
                return Optional.of(MethodHandles.publicLookup().findStatic(mdc, "get", TEXT_OF_KEY));
            } catch (ReflectiveOperationException | LinkageError | RuntimeException otherVersion) {
                return Optional.empty();
            }
        }
    }

    private static final class BaggageGetter extends ClassValue<Optional<MethodHandle>> {

        @Override
        protected Optional<MethodHandle> computeValue(Class<?> baggage) {
            try {
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                MethodHandle current = lookup.findStatic(baggage, "current", MethodType.methodType(baggage));
                MethodHandle value = lookup.findVirtual(baggage, "getEntryValue", TEXT_OF_KEY);
                return Optional.of(MethodHandles.foldArguments(value, current));
            } catch (ReflectiveOperationException | LinkageError | RuntimeException otherVersion) {
                return Optional.empty();
            }
        }
    }
}
