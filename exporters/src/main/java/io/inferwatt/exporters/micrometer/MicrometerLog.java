package io.inferwatt.exporters.micrometer;

import io.micrometer.common.util.internal.logging.InternalLogger;
import io.micrometer.common.util.internal.logging.InternalLoggerFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Micrometer away from the log of the application. Without this its first registry starts SLF4J or, where that is
 * missing, {@code java.util.logging}, and an agent that starts the latter before {@code main} breaks applications which
 * bring a log manager of their own (jmx_exporter #1127).
 */
public final class MicrometerLog {

    private MicrometerLog() {}

    /**
     * Sends Micrometer's warnings and errors elsewhere and drops all below. For the whole of Micrometer in this class
     * loader, so only for a copy of one's own, and before any other use of it.
     *
     * @param warnings takes one line each, from any thread
     */
    public static void sendTo(Consumer<String> warnings) {
        InternalLoggerFactory.setDefaultFactory(new InternalLoggerFactory() {
            @Override
            protected InternalLogger newInstance(String name) {
                return logger(name, warnings);
            }
        });
    }

    // A proxy, because the interface has forty methods for five levels.
    private static InternalLogger logger(String name, Consumer<String> warnings) {
        return (InternalLogger) Proxy.newProxyInstance(
                MicrometerLog.class.getClassLoader(),
                new Class<?>[] {InternalLogger.class},
                (proxy, method, arguments) -> answer(method, arguments, name, warnings));
    }

    private static @Nullable Object answer(
            Method method, Object @Nullable [] arguments, String name, Consumer<String> warnings) {
        Object[] given = arguments == null ? new Object[0] : arguments;
        String called = method.getName() + (given.length > 0 ? given[0] : "");
        boolean loud = called.toLowerCase(Locale.ROOT).matches("(?s)(is|isenabled|log)?(warn|error).*");
        return switch (method.getName()) {
            case "name", "toString" -> name;
            case "hashCode" -> name.hashCode();
            case "equals" -> false;
            default -> {
                if (method.getReturnType() == boolean.class) {
                    yield loud;
                }
                if (loud) {
                    warnings.accept("micrometer: " + Arrays.deepToString(given));
                }
                yield null;
            }
        };
    }
}
