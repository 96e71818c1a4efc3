package io.inferwatt.exporters.application;

import io.inferwatt.exporters.application.ForwardingRegistry.Link;
import io.micrometer.core.instrument.AbstractTimer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.NoopHistogram;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A timer that records in its counterparts as well. */
final class ForwardedTimer extends AbstractTimer {

    /** Of the thread that forwards. */
    final List<Link> links = new ArrayList<>();

    private final Timer own;
    private final BiConsumer<List<Link>, Consumer<Link>> later;

    /** @param later takes what is to be done on the thread that forwards */
    ForwardedTimer(Timer own, PauseDetector pauses, BiConsumer<List<Link>, Consumer<Link>> later) {
        super(own.getId(), Clock.SYSTEM, pauses, own.baseTimeUnit(), NoopHistogram.INSTANCE);
        this.own = own;
        this.later = later;
    }

    @Override
    protected void recordNonNegative(long amount, TimeUnit unit) {
        own.record(amount, unit);
        long nanos = unit.toNanos(amount);
        later.accept(links, link -> link.target().recordNanos(link.meter(), nanos));
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
