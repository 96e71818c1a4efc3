package io.inferwatt.exporters.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of settled calls by folded model and operation. Look-ups neither lock nor allocate once a pair is known. */
final class CallTable {

    private final Map<String, Map<String, CallMeters>> byModel = new ConcurrentHashMap<>();
    private final List<Binding> bindings = new ArrayList<>();

    CallMeters of(String model, String operation) {
        Map<String, CallMeters> byOperation = byModel.get(model);
        CallMeters known = byOperation == null ? null : byOperation.get(operation);
        return known != null ? known : create(model, operation);
    }

    synchronized void bind(MeterRegistry registry, EnergyHistograms histograms) {
        Binding binding = new Binding(registry, histograms);
        bindings.add(binding);
        byModel.values().forEach(each -> each.values().forEach(meters -> meters.register(binding)));
    }

    /** Forgets a registry that is read no more. */
    synchronized void unbind(MeterRegistry registry) {
        bindings.removeIf(binding -> binding.registry() == registry);
        byModel.values().forEach(each -> each.values().forEach(meters -> meters.forget(registry)));
    }

    /**
     * Where this fails half-way, such as for want of memory, it is done again at the next call: registries and {@link EnergyHistograms}
     * give out the same meters then.
     */
    private synchronized CallMeters create(String model, String operation) {
        return byModel.computeIfAbsent(model, ignored -> new ConcurrentHashMap<>())
                .computeIfAbsent(operation, ignored -> {
                    CallMeters created = new CallMeters(model, operation);
                    bindings.forEach(created::register);
                    return created;
                });
    }

    /** A registry with its way to make histograms. */
    record Binding(MeterRegistry registry, EnergyHistograms histograms) {}
}
