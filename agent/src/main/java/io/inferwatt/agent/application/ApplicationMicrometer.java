package io.inferwatt.agent.application;

import io.inferwatt.exporters.application.ForeignMeters;
import java.lang.ref.WeakReference;
import java.util.function.DoubleSupplier;

/**
 * The global registry of one copy of Micrometer in the application, to which Spring Boot and others add theirs. Holds the application's
 * classes and meters weakly: its registry keeps the meters. Safe from all threads.
 */
final class ApplicationMicrometer implements ForeignMeters {

    private final WeakReference<Class<?>> metrics;

    /** @param metrics the copy's {@code io.micrometer.core.instrument.Metrics} */
    ApplicationMicrometer(Class<?> metrics) {
        this.metrics = new WeakReference<>(metrics);
    }

    @Override
    public boolean isGone() {
        return metrics.refersTo(null);
    }

    private MicrometerCopy copy() {
        Class<?> living = metrics.get();
        if (living == null) {
            throw new IllegalStateException("the application's Micrometer is gone");
        }
        return MicrometerCopy.of(living).orElseThrow();
    }

    @Override
    public Object gauge(Description of, DoubleSupplier value) {
        return new WeakReference<>(copy().gauge(of, value));
    }

    @Override
    public Object counter(Description of, DoubleSupplier value) {
        return new WeakReference<>(copy().counter(of, value));
    }

    @Override
    public Object summary(Description of, double[] bounds) {
        return new WeakReference<>(copy().summary(of, bounds));
    }

    @Override
    public Object timer(Description of) {
        return new WeakReference<>(copy().timer(of));
    }

    @Override
    public void record(Object summary, double amount) {
        Object meter = ((WeakReference<?>) summary).get();
        if (meter != null) {
            copy().record(meter, amount);
        }
    }

    @Override
    public void recordNanos(Object timer, long nanos) {
        Object meter = ((WeakReference<?>) timer).get();
        if (meter != null) {
            copy().recordNanos(meter, nanos);
        }
    }

    @Override
    public void remove(Object gone) {
        Object meter = ((WeakReference<?>) gone).get();
        if (meter != null) {
            copy().remove(meter);
        }
    }
}
