package io.inferwatt.exporters.application;

import io.inferwatt.exporters.application.ForwardingRegistry.Link;
import io.micrometer.core.instrument.AbstractDistributionSummary;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.distribution.NoopHistogram;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A summary that records in its counterparts as well. */
final class ForwardedSummary extends AbstractDistributionSummary {

    final List<Link> links = new CopyOnWriteArrayList<>();
    final double[] bounds;
    private final DistributionSummary own;
    private final Consumer<Runnable> attempt;

    /** @param attempt runs what may throw */
    ForwardedSummary(DistributionSummary own, double[] bounds, Consumer<Runnable> attempt) {
        super(own.getId(), 1, NoopHistogram.INSTANCE);
        this.own = own;
        this.bounds = bounds;
        this.attempt = attempt;
    }

    @Override
    protected void recordNonNegative(double amount) {
        own.record(amount);
        for (Link link : links) {
            attempt.accept(() -> link.target().record(link.meter(), amount));
        }
    }

    @Override
    public long count() {
        return own.count();
    }

    @Override
    public double totalAmount() {
        return own.totalAmount();
    }

    @Override
    public double max() {
        return own.max();
    }
}
