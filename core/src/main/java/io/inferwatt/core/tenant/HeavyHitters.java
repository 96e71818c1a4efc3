package io.inferwatt.core.tenant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Finds those that weigh most among any number, in bounded memory: Space-Saving (Metwally, Agrawal and El Abbadi, ICDT 2005) with
 * weights. While there is room every figure is exact. After that a newcomer takes the place of the lightest, with its weight as
 * error; no figure is too low, none too high by more than its error, and what weighs more than the largest error is here. One thread.
 */
final class HeavyHitters {

    private final int capacity;
    private final Map<Long, Entry> entries = new HashMap<>();

    /** By the weight an entry had when it was put here, which is at most its weight now: looked at again only when it is taken out. */
    private final PriorityQueue<Entry> lightestFirst = new PriorityQueue<>(new ByQueuedWeight());

    private double total;
    private double largestError;

    HeavyHitters(int capacity) {
        this.capacity = capacity;
    }

    void add(long id, double weight) {
        if (!(weight >= 0)) {
            return;
        }
        total += weight;
        Entry entry = entries.get(id);
        if (entry == null) {
            entry = entries.size() < capacity ? new Entry() : takeLightest();
            entry.id = id;
            entry.error = entry.weight;
            largestError = Math.max(largestError, entry.error);
            entries.put(id, entry);
            entry.weight += weight;
            queue(entry);
        } else {
            entry.weight += weight;
        }
    }

    private Entry takeLightest() {
        Entry lightest = lightestFirst.remove();
        while (lightest.weight > lightest.queuedWeight) {
            queue(lightest);
            lightest = lightestFirst.remove();
        }
        entries.remove(lightest.id);
        return lightest;
    }

    private void queue(Entry entry) {
        entry.queuedWeight = entry.weight;
        lightestFirst.add(entry);
    }

    int size() {
        return entries.size();
    }

    double total() {
        return total;
    }

    double largestError() {
        return largestError;
    }

    /** Returns all that are kept, the heaviest first. */
    List<Heavy> heaviestFirst() {
        List<Heavy> sorted = new ArrayList<>(entries.size());
        for (Entry entry : entries.values()) {
            sorted.add(new Heavy(entry.id, entry.weight, entry.error));
        }
        sorted.sort(Comparator.comparingDouble(Heavy::weight).reversed());
        return sorted;
    }

    /**
     * One of those kept.
     *
     * @param weight at least its own, at most {@code error} more
     */
    record Heavy(long id, double weight, double error) {}

    private static final class Entry {

        private long id;
        private double weight;
        private double error;
        private double queuedWeight;
    }

    private static final class ByQueuedWeight implements Comparator<Entry> {

        @Override
        public int compare(Entry one, Entry other) {
            return Double.compare(one.queuedWeight, other.queuedWeight);
        }
    }
}
