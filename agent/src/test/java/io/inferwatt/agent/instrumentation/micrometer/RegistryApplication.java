package io.inferwatt.agent.instrumentation.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;

/** An application with Micrometer of its own, whose registry is in the global one, as Spring Boot has it. */
public final class RegistryApplication implements Supplier<String> {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public RegistryApplication() {
        registry.config()
                .commonTags("application", "shop")
                .meterFilter(MeterFilter.deny(RegistryApplication::isUnwanted))
                .meterFilter(new Refusing());
        Metrics.addRegistry(registry);
    }

    private static boolean isUnwanted(Meter.Id id) {
        return id.getName().equals("inferwatt.unwanted");
    }

    /** Throws, as filters of applications may. */
    private static final class Refusing implements MeterFilter {

        @Override
        public Meter.Id map(Meter.Id id) {
            if (id.getName().equals("inferwatt.refused")) {
                throw new IllegalStateException("of the application");
            }
            return id;
        }
    }

    /** Returns what its page of metrics shows. */
    @Override
    public String get() {
        return registry.scrape();
    }
}
