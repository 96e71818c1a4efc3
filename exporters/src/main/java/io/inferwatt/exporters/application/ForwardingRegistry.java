package io.inferwatt.exporters.application;

import io.inferwatt.exporters.application.ForeignMeters.Description;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A registry whose meters are in others as well, of other copies of Micrometer; these come and go while it stays. What one of them throws
 * is counted and harms neither the others nor who records. Safe from all threads.
 */
public final class ForwardingRegistry extends SimpleMeterRegistry {

    private final List<ForeignMeters> targets = new ArrayList<>();
    private final Map<Meter.Id, Opened> meters = new LinkedHashMap<>();
    private final LongAdder failures = new LongAdder();

    /** Held while meters or targets come or go, so that each target gets each meter once; never while a value is recorded or read. */
    private final Object changing = new Object();

    public ForwardingRegistry() {
        config().onMeterAdded(this::added).onMeterRemoved(this::removed);
    }

    /** Returns how often a target has thrown. */
    public long failures() {
        return failures.sum();
    }

    /** Adds all meters, and those to come, to a registry. */
    public void add(ForeignMeters target) {
        synchronized (changing) {
            targets.add(target);
            meters.values().forEach(meter -> open(meter, target));
        }
    }

    /** Lets go of the registries that are no more. */
    public void removeGone() {
        synchronized (changing) {
            if (targets.removeIf(ForeignMeters::isGone)) {
                meters.values().forEach(meter -> meter.links.removeIf(link -> link.target.isGone()));
            }
        }
    }

    private void added(Meter meter) {
        Opened opened = opened(meter);
        if (opened != null) {
            synchronized (changing) {
                meters.put(meter.getId(), opened);
                targets.forEach(target -> open(opened, target));
            }
        }
    }

    private static @Nullable Opened opened(Meter meter) {
        Description of = description(meter.getId());
        if (meter instanceof ForwardedSummary summary) {
            return new Opened(summary.links, target -> target.summary(of, summary.bounds));
        }
        if (meter instanceof ForwardedTimer timer) {
            return new Opened(timer.links, target -> target.timer(of));
        }
        if (meter instanceof FunctionCounter counter) {
            return new Opened(new CopyOnWriteArrayList<>(), target -> target.counter(of, counter::count));
        }
        if (meter instanceof Gauge gauge) {
            return new Opened(new CopyOnWriteArrayList<>(), target -> target.gauge(of, gauge::value));
        }
        return null; // the meter has no others
    }

    private static Description description(Meter.Id id) {
        List<String> tags = new ArrayList<>();
        for (Tag tag : id.getTagsAsIterable()) {
            tags.add(tag.getKey());
            tags.add(tag.getValue());
        }
        return new Description(id.getName(), id.getBaseUnit(), id.getDescription(), tags);
    }

    private void removed(Meter meter) {
        synchronized (changing) {
            Opened gone = meters.remove(meter.getId());
            if (gone != null) {
                gone.links.forEach(link -> attempt(() -> link.target.remove(link.meter)));
            }
        }
    }

    private void open(Opened meter, ForeignMeters target) {
        attempt(() -> meter.links.add(new Link(target, meter.opening.apply(target))));
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | LinkageError refused) {
            failures.increment();
        }
    }

    @Override
    protected DistributionSummary newDistributionSummary(
            Meter.Id id, DistributionStatisticConfig config, double scale) {
        double[] bounds = config.getServiceLevelObjectiveBoundaries();
        DistributionStatisticConfig withoutBounds = DistributionStatisticConfig.builder()
                .serviceLevelObjectives()
                .build()
                .merge(config);
        return new ForwardedSummary(
                super.newDistributionSummary(id, withoutBounds, scale),
                bounds == null ? new double[0] : bounds,
                this::attempt);
    }

    @Override
    protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauses) {
        return new ForwardedTimer(super.newTimer(id, config, pauses), pauses, this::attempt);
    }

    /** A meter in a target. */
    record Link(ForeignMeters target, Object meter) {}

    /**
     * A meter with its counterparts.
     *
     * @param opening makes one in a target
     */
    private record Opened(List<Link> links, Function<ForeignMeters, Object> opening) {}
}
