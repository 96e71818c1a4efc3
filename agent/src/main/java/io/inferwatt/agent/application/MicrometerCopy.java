package io.inferwatt.agent.application;

import io.inferwatt.exporters.application.ForeignMeters.Description;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is called of one copy of Micrometer in the application, from 1.5 on. Meters are made by reflection, since that is rare; recording
 * goes through method handles.
 */
final class MicrometerCopy {

    private static final String PACKAGE = "io.micrometer.core.instrument.";

    /** Kept by the class itself, so that nothing here keeps the application's classes alive. */
    private static final ClassValue<Optional<MicrometerCopy>> COPIES = new ClassValue<>() {
        @Override
        protected Optional<MicrometerCopy> computeValue(Class<?> metrics) {
            try {
                return Optional.of(new MicrometerCopy(metrics));
            } catch (ReflectiveOperationException | LinkageError | RuntimeException otherVersion) {
                return Optional.empty();
            }
        }
    };

    private final Class<?> metrics;
    private final Class<?> registry;
    private final Class<?> meter;
    private final Class<?> gauge;
    private final Class<?> functionCounter;
    private final Class<?> summary;
    private final Class<?> timer;
    private final MethodHandle record;
    private final MethodHandle recordTime;

    private MicrometerCopy(Class<?> metrics) throws ReflectiveOperationException {
        this.metrics = metrics;
        registry = type("MeterRegistry");
        meter = type("Meter");
        gauge = type("Gauge");
        functionCounter = type("FunctionCounter");
        summary = type("DistributionSummary");
        timer = type("Timer");
        type("DistributionSummary$Builder").getMethod("serviceLevelObjectives", double[].class);
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        record = lookup.findVirtual(summary, "record", MethodType.methodType(void.class, double.class))
                .asType(MethodType.methodType(void.class, Object.class, double.class));
        recordTime = lookup.findVirtual(timer, "record", MethodType.methodType(void.class, long.class, TimeUnit.class))
                .asType(MethodType.methodType(void.class, Object.class, long.class, TimeUnit.class));
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name, false, metrics.getClassLoader());
    }

    /**
     * Returns what is called of a copy, empty if its version lacks some of it.
     *
     * @param metrics the copy's {@code io.micrometer.core.instrument.Metrics}
     */
    static Optional<MicrometerCopy> of(Class<?> metrics) {
        return COPIES.get(metrics);
    }

    Object gauge(Description of, DoubleSupplier value) {
        Supplier<Number> number = value::getAsDouble;
        return attempt(() -> {
            Object builder =
                    gauge.getMethod("builder", String.class, Supplier.class).invoke(null, of.name(), number);
            return registered(withUnit(builder, of), of);
        });
    }

    Object counter(Description of, DoubleSupplier value) {
        // Micrometer holds the object weakly and the function strongly: the function keeps it.
        ToDoubleFunction<Object> number = ignored -> value.getAsDouble();
        return attempt(() -> {
            Object builder = functionCounter
                    .getMethod("builder", String.class, Object.class, ToDoubleFunction.class)
                    .invoke(null, of.name(), value, number);
            return registered(withUnit(builder, of), of);
        });
    }

    Object summary(Description of, double[] bounds) {
        return attempt(() -> {
            Object builder = summary.getMethod("builder", String.class).invoke(null, of.name());
            call(builder, "serviceLevelObjectives", double[].class, bounds);
            return registered(withUnit(builder, of), of);
        });
    }

    Object timer(Description of) {
        return attempt(() -> registered(timer.getMethod("builder", String.class).invoke(null, of.name()), of));
    }

    private static Object withUnit(Object builder, Description of) throws ReflectiveOperationException {
        return call(builder, "baseUnit", String.class, of.unit());
    }

    private Object registered(Object builder, Description of) throws ReflectiveOperationException {
        call(builder, "description", String.class, of.help());
        call(builder, "tags", String[].class, of.tags().toArray(String[]::new));
        return call(builder, "register", registry, globalRegistry());
    }

    private Object globalRegistry() throws ReflectiveOperationException {
        return metrics.getField("globalRegistry").get(null);
    }

    private static Object call(Object builder, String method, Class<?> parameter, @Nullable Object argument)
            throws ReflectiveOperationException {
        return builder.getClass().getMethod(method, parameter).invoke(builder, argument);
    }

    void remove(Object of) {
        attempt(() -> registry.getMethod("remove", meter).invoke(globalRegistry(), of));
    }

    void record(Object of, double amount) {
        try {
            record.invokeExact(of, amount);
        } catch (Throwable refused) {
            throw new IllegalStateException(refused);
        }
    }

    void recordNanos(Object of, long nanos) {
        try {
            recordTime.invokeExact(of, nanos, TimeUnit.NANOSECONDS);
        } catch (Throwable refused) {
            throw new IllegalStateException(refused);
        }
    }

    @FunctionalInterface
    private interface Reflection {

        Object run() throws ReflectiveOperationException;
    }

    private static Object attempt(Reflection work) {
        try {
            return work.run();
        } catch (InvocationTargetException refused) {
            throw new IllegalStateException(refused.getCause());
        } catch (ReflectiveOperationException otherVersion) {
            throw new IllegalStateException(otherVersion);
        }
    }
}
