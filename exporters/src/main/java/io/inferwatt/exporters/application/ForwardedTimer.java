package io.inferwatt.exporters.application;

import io.inferwatt.exporters.application.ForwardingRegistry.Link;
import io.micrometer.core.instrument.AbstractTimer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.NoopHistogram;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A timer that records in its counterparts as well. */
final class ForwardedTimer extends AbstractTimer {

    final List<Link> links = new CopyOnWriteArrayList<>();
    private final Timer own;
    private final Consumer<Runnable> attempt;

    /** @param attempt runs what may throw */
    ForwardedTimer(Timer own, PauseDetector pauses, Consumer<Runnable> attempt) {
        super(own.getId(), Clock.SYSTEM, pauses, own.baseTimeUnit(), NoopHistogram.INSTANCE);
        this.own = own;
        this.attempt = attempt;
    }

    @Override
    protected void recordNonNegative(long amount, TimeUnit unit) {
        own.record(amount, unit);
        for (Link link : links) {
            attempt.accept(() -> link.target().recordNanos(link.meter(), unit.toNanos(amount)));
        }
    }

    @Override
    public long count() {
        return own.count();
    }

    @Override
    public double totalTime(TimeUnit unit) {
        return own.totalTime(unit);
    }

    @Override
    public double max(TimeUnit unit) {
        return own.max(unit);
    }
}
