package io.inferwatt.exporters.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All counters and gauges, in all bound registries. One thread at a time. */
final class SeriesTable {

    private final Map<Key, Series> series = new LinkedHashMap<>();
    private final List<MeterRegistry> registries = new ArrayList<>();
    private final Runnable beforeRead;

    SeriesTable(Runnable beforeRead) {
        this.beforeRead = beforeRead;
    }

    void bind(MeterRegistry registry) {
        registries.add(registry);
        series.values().forEach(each -> each.registerIn(registries));
    }

    /** Forgets a registry that is read no more. */
    void unbind(MeterRegistry registry) {
        registries.remove(registry);
        series.values().forEach(each -> each.forget(registry));
    }

    /** Begins a pass; forgets what one before it said that was never committed. */
    void begin() {
        series.values().forEach(Series::begin);
    }

    /** Makes sure that a series exists; a new counter starts at 0. */
    void open(Family family, String... labels) {
        of(family, labels).add(0);
    }

    /** Adds to what the present pass says about a series. */
    void add(Family family, double amount, String... labels) {
        of(family, labels).add(amount);
    }

    void count(Family family, long amount, String... labels) {
        add(family, (double) amount, labels);
    }

    /** Ends a pass. Gauges that it did not mention describe something that is no more and go; counters stay for ever. */
    void commit() {
        Iterator<Series> all = series.values().iterator();
        while (all.hasNext()) {
            Series each = all.next();
            if (!each.commit() && each.isGauge()) {
                each.withdraw();
                all.remove();
            }
        }
    }

    /**
     * Known first and registered then: one that a registry has and the table has not would show its first value for ever. What could not
     * be registered, such as for want of memory, is when it is asked for again.
     */
    private Series of(Family family, String... labels) {
        Series known = series.computeIfAbsent(new Key(family, Arrays.asList(labels)), this::create);
        known.registerIn(registries);
        return known;
    }

    private Series create(Key key) {
        List<Tag> tags = new ArrayList<>();
        List<String> names = key.family().labels();
        if (names.size() != key.labels().size()) {
            throw new IllegalArgumentException(key.family().name() + " has the labels " + names);
        }
        for (int i = 0; i < names.size(); i++) {
            tags.add(Tag.of(names.get(i), key.labels().get(i)));
        }
        return new Series(key.family(), Tags.of(tags), beforeRead);
    }

    private record Key(Family family, List<String> labels) {

        // By the family's name, which no other has. Written out: what the compiler makes for a record costs 20 ms of
        // processor time at the first use.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && family.name().equals(that.family.name()) && labels.equals(that.labels);
        }

        @Override
        public int hashCode() {
            return 31 * family.name().hashCode() + labels.hashCode();
        }
    }
}
