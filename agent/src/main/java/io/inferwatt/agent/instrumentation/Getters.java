package io.inferwatt.agent.instrumentation;

import io.inferwatt.core.call.TokenUsage;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks objects for what providers have in classes of their own, whose jars need not be there: by the name of a public getter, which is
 * looked up once a class, also where there is none. Never throws. Safe from all threads.
 */
public final class Getters {

    private static final ClassValue<Map<String, Optional<Method>>> BY_CLASS = new ByClass();

    private Getters() {}

    /** Returns what a getter tells, that in an optional itself; null if there is no such getter, or it tells nothing. */
    public static @Nullable Object value(@Nullable Object object, String getter) {
        if (object == null) {
            return null;
        }
        try {
            Method method = BY_CLASS.get(object.getClass())
                    .computeIfAbsent(getter, name -> find(object.getClass(), name))
                    .orElse(null);
            Object value = method == null ? null : method.invoke(object);
            return value instanceof Optional<?> optional ? optional.orElse(null) : value;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notTold) {
            return null;
        }
    }

    /** Returns the number that a getter tells, {@link TokenUsage#UNKNOWN} if none. */
    public static long count(@Nullable Object object, String getter) {
        return value(object, getter) instanceof Number number ? number.longValue() : TokenUsage.UNKNOWN;
    }

    private static Optional<Method> find(Class<?> type, String getter) {
        try {
            Method method = type.getMethod(getter);
            method.setAccessible(true); // a public method may be of a class that is not
            return Optional.of(method);
        } catch (NoSuchMethodException | RuntimeException | LinkageError notReachable) {
            return Optional.empty();
        }
    }

    private static final class ByClass extends ClassValue<Map<String, Optional<Method>>> {

        @Override
        protected Map<String, Optional<Method>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    }
}
