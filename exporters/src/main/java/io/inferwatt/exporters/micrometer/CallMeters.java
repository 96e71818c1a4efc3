package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.call.SettledCall;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;

/** Energy histogram and duration of one model and operation, in all bound registries. */
final class CallMeters {

    private final Tags tags;
    private final List<Pair> pairs = new CopyOnWriteArrayList<>();

    CallMeters(String model, String operation) {
        tags = Tags.of("model", model, "operation", operation);
    }

    void register(CallTable.Binding binding) {
        Family duration = Catalogue.REQUEST_DURATION;
        pairs.add(new Pair(
                binding.histograms().of(tags),
                Timer.builder(duration.name())
                        .description(duration.help())
                        .tags(tags)
                        .register(binding.registry())));
    }

    /** Records the requests of a call in every registry, each with its even share; one whose energy is no number of 0 or more only with its duration. */
    void record(SettledCall call, boolean hasFigure) {
        double joules = call.joules() / call.requests();
        for (Pair pair : pairs) {
            for (long request = 0; request < call.requests(); request++) {
                if (hasFigure) {
                    pair.energy().accept(joules);
                }
                pair.duration().record(call.endNanos() - call.beginNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private record Pair(DoubleConsumer energy, Timer duration) {}
}
