package io.inferwatt.exporters.application;

import io.inferwatt.exporters.application.ForwardingRegistry.Link;
import io.micrometer.core.instrument.AbstractDistributionSummary;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.distribution.NoopHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A summary that records in its counterparts as well. */
final class ForwardedSummary extends AbstractDistributionSummary {

    /** Of the thread that forwards. */
    final List<Link> links = new ArrayList<>();

    final double[] bounds;
    private final DistributionSummary own;
    private final BiConsumer<List<Link>, Consumer<Link>> later;

    /** @param later takes what is to be done on the thread that forwards */
    ForwardedSummary(DistributionSummary own, double[] bounds, BiConsumer<List<Link>, Consumer<Link>> later) {
        super(own.getId(), 1, NoopHistogram.INSTANCE);
        this.own = own;
        this.bounds = bounds;
        this.later = later;
    }

    @Override
    protected void recordNonNegative(double amount) {
        own.record(amount);
        later.accept(links, link -> link.target().record(link.meter(), amount));
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
