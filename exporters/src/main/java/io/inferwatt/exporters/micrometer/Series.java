package io.inferwatt.exporters.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/**
 * One counter or gauge with its present value. Written by one thread at a time in passes: {@link #begin}, {@link #add}
 * what a snapshot says, {@link #commit}; read by all.
 */
final class Series {

    private final Family family;
    private final Tags tags;
    private final Runnable beforeRead;
    private final List<Registered> registered = new ArrayList<>();

    private volatile double value;
    private double pending;
    private boolean touched;

    Series(Family family, Tags tags, Runnable beforeRead) {
        this.family = family;
        this.tags = tags;
        this.beforeRead = beforeRead;
        this.value = isGauge() ? Double.NaN : 0;
    }

    void begin() {
        pending = 0;
        touched = false;
    }

    /** Adds to the value that the present pass will have; a counter refuses what is not a number of 0 or more. */
    void add(double amount) {
        touched = true;
        if (isGauge() || (Double.isFinite(amount) && amount > 0)) {
            pending += amount;
        }
    }

    /**
     * Ends the present pass. A counter takes the sum unless that would make it fall.
     *
     * @return whether the pass said anything about this series
     */
    boolean commit() {
        if (touched) {
            value = isGauge() ? pending : Math.max(value, pending);
        }
        return touched;
    }

    /** Registers it in those that lack it, the last ones; a registry that has it already, since this failed half-way before, keeps it. */
    void registerIn(List<MeterRegistry> registries) {
        while (registered.size() < registries.size()) {
            MeterRegistry registry = registries.get(registered.size());
            registered.add(new Registered(registry, meter(registry)));
        }
    }

    void forget(MeterRegistry registry) {
        registered.removeIf(entry -> entry.registry() == registry);
    }

    /** Where that fails half-way a registry may show the gauge still, without a value; and it is registered anew when it is mentioned again. */
    void withdraw() {
        value = Double.NaN;
        while (!registered.isEmpty()) {
            Registered last = registered.remove(registered.size() - 1);
            last.registry().remove(last.meter());
        }
    }

    boolean isGauge() {
        return family.kind() == Family.Kind.GAUGE;
    }

    // The functions hold the series strongly: Micrometer itself keeps only a weak reference to the state object.
    private Meter meter(MeterRegistry registry) {
        if (isGauge()) {
            return Gauge.builder(family.name(), this::read)
                    .baseUnit(family.unit())
                    .description(family.help())
                    .tags(tags)
                    .register(registry);
        }
        return FunctionCounter.builder(family.name(), this, ignored -> read())
                .baseUnit(family.unit())
                .description(family.help())
                .tags(tags)
                .register(registry);
    }

    private double read() {
        beforeRead.run();
        return value;
    }

    private record Registered(MeterRegistry registry, Meter meter) {}
}
