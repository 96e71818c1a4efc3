package io.inferwatt.exporters.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts requests by the joules that they stay within, for registries whose histograms have no bucket below 1. Each bound is a counter with the
 * tag {@code le}, so that a quantile of Prometheus' query language reads them like a histogram. Safe from all threads; no allocation per value.
 */
final class RequestsWithin {

    private final double[] bounds;
    private final AtomicLongArray counts;

    /** @param finiteBounds in ascending order, each the largest value that it counts */
    RequestsWithin(double[] finiteBounds) {
        bounds = Arrays.copyOf(finiteBounds, finiteBounds.length + 1);
        bounds[finiteBounds.length] = Double.POSITIVE_INFINITY;
        counts = new AtomicLongArray(bounds.length);
    }

    /** Makes the counters, which live as long as this. */
    void register(MeterRegistry registry, Tags tags) {
        Family family = Catalogue.REQUESTS_WITHIN;
        for (int i = 0; i < bounds.length; i++) {
            int bound = i;
            String le = Double.isInfinite(bounds[i]) ? "+Inf" : Double.toString(bounds[i]);
            FunctionCounter.builder(family.name(), this, counted -> counted.within(bound))
                    .description(family.help())
                    .tags(tags.and("le", le))
                    .register(registry);
        }
    }

    void record(double joules) {
        int bound = 0;
        while (joules > bounds[bound]) {
            bound++;
        }
        counts.incrementAndGet(bound);
    }

    private double within(int bound) {
        long within = 0;
        for (int i = 0; i <= bound; i++) {
            within += counts.get(i);
        }
        return within;
    }
}
