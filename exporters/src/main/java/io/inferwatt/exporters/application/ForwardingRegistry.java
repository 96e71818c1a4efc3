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
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A registry whose meters are in others as well, of other copies of Micrometer; these come and go while it stays. What runs there is code of
 * the application, which may wait or throw: so all of it is done by {@link #forward} on one thread, and nothing here makes others wait.
 * What throws, and values beyond {@value #MOST_WAITING} that wait, are counted. {@link #add}, {@link #removeGone} and {@link #forward} are
 * for that one thread, all else is safe from all.
 */
public final class ForwardingRegistry extends SimpleMeterRegistry {

    /** Values, some 40 bytes each. */
    static final int MOST_WAITING = 20_000;

    private final Queue<Runnable> changes = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Runnable> values = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LongAdder failures = new LongAdder();

    private final List<ForeignMeters> targets = new ArrayList<>();
    private final Map<Meter.Id, Opened> meters = new LinkedHashMap<>();
    private volatile boolean hasTargets;

    public ForwardingRegistry() {
        config().onMeterAdded(this::added).onMeterRemoved(this::removed);
    }

    /** Returns how often a target has thrown or a value could not wait. */
    public long failures() {
        return failures.sum();
    }

    /** Adds all meters, and those to come, to a registry. */
    public void add(ForeignMeters target) {
        forward();
        targets.add(target);
        hasTargets = true;
        meters.values().forEach(meter -> open(meter, target));
    }

    /** Lets go of the registries that are no more. */
    public void removeGone() {
        if (targets.removeIf(ForeignMeters::isGone)) {
            meters.values().forEach(meter -> meter.links.removeIf(link -> link.target.isGone()));
            hasTargets = !targets.isEmpty();
        }
    }

    /** Brings to the targets what has changed and what was recorded. */
    public void forward() {
        for (Runnable change = changes.poll(); change != null; change = changes.poll()) {
            change.run();
        }
        List<Runnable> recorded = new ArrayList<>();
        values.drainTo(recorded);
        recorded.forEach(Runnable::run);
    }

    private void later(List<Link> links, Consumer<Link> value) {
        if (hasTargets && !values.offer(() -> links.forEach(link -> attempt(() -> value.accept(link))))) {
            failures.increment();
        }
    }

    private void added(Meter meter) {
        Opened opened = opened(meter);
        if (opened != null) {
            changes.add(() -> {
                meters.put(meter.getId(), opened);
                targets.forEach(target -> open(opened, target));
            });
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
            return new Opened(new ArrayList<>(), target -> target.counter(of, counter::count));
        }
        if (meter instanceof Gauge gauge) {
            return new Opened(new ArrayList<>(), target -> target.gauge(of, gauge::value));
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
        changes.add(() -> {
            Opened gone = meters.remove(meter.getId());
            if (gone != null) {
                gone.links.forEach(link -> attempt(() -> link.target.remove(link.meter)));
            }
        });
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
                this::later);
    }

    @Override
    protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauses) {
        return new ForwardedTimer(super.newTimer(id, config, pauses), pauses, this::later);
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
