package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.report.SettledCall;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Energy histogram, duration and time to the first token of one model and operation, in all bound registries. The last one is
 * registered only once it can be told: few models are streamed.
 */
final class CallMeters {

    private final Tags tags;
    private final List<Pair> pairs = new CopyOnWriteArrayList<>();
    private final List<FirstToken> firstTokens = new CopyOnWriteArrayList<>();
    private final List<MeterRegistry> registries = new ArrayList<>();
    private volatile boolean firstTokenOpen;

    CallMeters(String model, String operation) {
        tags = Tags.of("model", model, "operation", operation);
    }

    synchronized void register(CallTable.Binding binding) {
        MeterRegistry registry = binding.registry();
        registries.add(registry);
        pairs.add(new Pair(registry, binding.histograms().of(tags), timer(Catalogue.REQUEST_DURATION, registry)));
        if (firstTokenOpen) {
            firstTokens.add(new FirstToken(registry, timer(Catalogue.TIME_TO_FIRST_TOKEN, registry)));
        }
    }

    /** Forgets a registry that is read no more. */
    synchronized void forget(MeterRegistry registry) {
        registries.remove(registry);
        pairs.removeIf(pair -> pair.registry() == registry);
        firstTokens.removeIf(timer -> timer.registry() == registry);
    }

    /** Makes sure that there are meters of the time to the first token. */
    void openFirstToken() {
        if (!firstTokenOpen) {
            registerFirstToken();
        }
    }

    private synchronized void registerFirstToken() {
        if (!firstTokenOpen) {
            firstTokens.clear(); // of an attempt before that failed half-way
            registries.forEach(registry ->
                    firstTokens.add(new FirstToken(registry, timer(Catalogue.TIME_TO_FIRST_TOKEN, registry))));
            firstTokenOpen = true;
        }
    }

    /**
     * Records the requests of a call in every registry, each with its even share.
     *
     * @param joules of all its requests; NaN if not known, then only its times are recorded
     */
    void record(SettledCall call, double joules) {
        double joulesOfRequest = joules / call.requests();
        for (Pair pair : pairs) {
            for (long request = 0; request < call.requests(); request++) {
                if (!Double.isNaN(joules)) {
                    pair.energy().record(joulesOfRequest, call);
                }
                pair.duration().record(call.endNanos() - call.beginNanos(), TimeUnit.NANOSECONDS);
            }
        }
        if (call.firstTokenSeconds() >= 0) {
            recordFirstToken(Math.round(call.firstTokenSeconds() * 1e9), call.requests());
        }
    }

    private void recordFirstToken(long nanos, long requests) {
        openFirstToken();
        for (FirstToken each : firstTokens) {
            for (long request = 0; request < requests; request++) {
                each.timer().record(nanos, TimeUnit.NANOSECONDS);
            }
        }
    }

    private Timer timer(Family family, MeterRegistry registry) {
        return Timer.builder(family.name())
                .description(family.help())
                .tags(tags)
                .register(registry);
    }

    private record Pair(MeterRegistry registry, EnergyHistograms.EnergyHistogram energy, Timer duration) {}

    private record FirstToken(MeterRegistry registry, Timer timer) {}
}
