package io.inferwatt.core.attribution;

import io.inferwatt.core.call.KeyTable;
import org.jspecify.annotations.Nullable;

/**
 * What the energy clocks and the unit-seconds of all models showed at the ends of the last ticks; in between they are
 * straight lines. Sampler thread only.
 */
final class ClockRing {

    private final long[] times;
    private final double[] known;
    private final double[] @Nullable [] units = new double[KeyTable.CAPACITY][];
    private final double[] @Nullable [] dynamic = new double[KeyTable.CAPACITY][];
    private final double[] @Nullable [] idle = new double[KeyTable.CAPACITY][];
    private final int[] openKeys = new int[KeyTable.CAPACITY];
    private int open;
    private int next;
    private int count;

    ClockRing(int size) {
        this.times = new long[size];
        this.known = new double[size];
    }

    /** Gives a model its clock, at 0 so far. */
    void open(int key) {
        if (units[key] == null) {
            units[key] = new double[times.length];
            dynamic[key] = new double[times.length];
            idle[key] = new double[times.length];
            openKeys[open++] = key;
        }
    }

    /** Adds the end of another tick, at which all shows what it did at the end of the one before. */
    void append(long nanos) {
        int before = slot(0);
        times[next] = nanos;
        known[next] = known[before];
        for (int i = 0; i < open; i++) {
            int key = openKeys[i];
            copy(units[key], before);
            copy(dynamic[key], before);
            copy(idle[key], before);
        }
        advance();
    }

    private void copy(double @Nullable [] values, int from) {
        if (values != null) {
            values[next] = values[from];
        }
    }

    /** Takes over the oldest entry of another ring, which nothing can change any more. */
    void appendOldestOf(ClockRing other) {
        int oldest = other.slot(other.count - 1);
        times[next] = other.times[oldest];
        known[next] = other.known[oldest];
        for (int i = 0; i < open; i++) {
            int key = openKeys[i];
            put(units[key], other.units[key], oldest);
            put(dynamic[key], other.dynamic[key], oldest);
            put(idle[key], other.idle[key], oldest);
        }
        advance();
    }

    private void put(double @Nullable [] to, double @Nullable [] from, int at) {
        if (to != null && from != null) {
            to[next] = from[at];
        }
    }

    private void advance() {
        next = (next + 1) % times.length;
        count = Math.min(count + 1, times.length);
    }

    private int slot(int age) {
        return Math.floorMod(next - 1 - age, times.length);
    }

    boolean isFull() {
        return count == times.length;
    }

    long newest() {
        return times[slot(0)];
    }

    long oldest() {
        return times[slot(count - 1)];
    }

    /** Returns the time of the newest entry that is not after a time; of the oldest one if all are. */
    long lastUntil(long nanos) {
        return times[slot(ageAt(nanos))];
    }

    void addUnitSeconds(int key, double unitSeconds) {
        double[] ofKey = units[key];
        if (ofKey != null) {
            ofKey[slot(0)] += unitSeconds;
        }
    }

    double unitSeconds(long nanos, int key) {
        double[] ofKey = units[key];
        if (ofKey == null) {
            return 0;
        }
        int old = ageAt(nanos);
        return between(ofKey, slot(old), slot(Math.max(0, old - 1)), nanos);
    }

    void spread(long fromNanos, long untilNanos, int key, double dynamicPerNano, double idlePerNano) {
        double[] ofKey = dynamic[key];
        double[] idleOfKey = idle[key];
        if (ofKey != null && idleOfKey != null) {
            add(ofKey, fromNanos, untilNanos, dynamicPerNano);
            add(idleOfKey, fromNanos, untilNanos, idlePerNano);
        }
    }

    void known(long fromNanos, long untilNanos) {
        add(known, fromNanos, untilNanos, 1e-9);
    }

    /** Adds a line that rises from one time to the other and stays at that height. */
    private void add(double[] values, long fromNanos, long untilNanos, double perNano) {
        for (int age = 0; age < count; age++) {
            int slot = slot(age);
            long nanos = times[slot];
            if (nanos - fromNanos <= 0) {
                return;
            }
            values[slot] += Math.min(nanos - fromNanos, untilNanos - fromNanos) * perNano;
        }
    }

    void read(long nanos, int key, EnergyClocks.Reading reading) {
        int old = ageAt(nanos);
        int before = slot(old);
        int after = slot(Math.max(0, old - 1));
        double[] ofKey = dynamic[key];
        double[] idleOfKey = idle[key];
        reading.knownSeconds = between(known, before, after, nanos);
        reading.dynamicPerUnit = ofKey == null ? 0 : between(ofKey, before, after, nanos);
        reading.idlePerUnit = idleOfKey == null ? 0 : between(idleOfKey, before, after, nanos);
    }

    /** Returns the age of the newest entry that is not after a time; of the oldest one if all are. */
    private int ageAt(long nanos) {
        if (nanos - newest() >= 0) {
            return 0;
        }
        int young = 0; // invariant: times[young] > nanos, and times[old] <= nanos or old is the oldest
        int old = count - 1;
        while (old - young > 1) {
            int middle = (young + old) >>> 1;
            if (nanos - times[slot(middle)] >= 0) {
                old = middle;
            } else {
                young = middle;
            }
        }
        return old;
    }

    private double between(double[] values, int before, int after, long nanos) {
        long length = times[after] - times[before];
        double part = length == 0 ? 0 : Math.max(0, Math.min(1, (double) (nanos - times[before]) / length));
        return values[before] + (values[after] - values[before]) * part;
    }
}
