package io.inferwatt.core.attribution;

import io.inferwatt.core.call.KeyTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the energy clocks and the unit-seconds of all models showed at the ends of the last ticks; in between they are
 * straight lines. Sampler thread only.
 */
final class ClockRing {

    private final long[] times;
    private final double[] known;
    private final double[] @Nullable [] units = new double[KeyTable.CAPACITY][];

    /** Unit-seconds of each tick that settled calls have taken. */
    private final double[] @Nullable [] claimed = new double[KeyTable.CAPACITY][];

    /** By lane and key, those in use one after the other in {@link #open}. */
    private final double[][] @Nullable [] lanes = new double[Lanes.COUNT][KeyTable.CAPACITY][];

    private final List<double[]> open = new ArrayList<>();
    private final List<double[]> openClaims = new ArrayList<>();
    private int next;
    private int count;

    ClockRing(int size) {
        this.times = new long[size];
        this.known = new double[size];
    }

    /** Adds the end of another tick, at which all shows what it did at the end of the one before. */
    void append(long nanos) {
        int before = slot(0);
        times[next] = nanos;
        known[next] = known[before];
        for (int i = 0; i < open.size(); i++) {
            double[] values = open.get(i);
            values[next] = values[before];
        }
        for (int i = 0; i < openClaims.size(); i++) {
            openClaims.get(i)[next] = 0;
        }
        advance();
    }

    /** Takes over the oldest entry of another ring, which nothing can change any more. */
    void appendOldestOf(ClockRing other) {
        int oldest = other.slot(other.count - 1);
        times[next] = other.times[oldest];
        known[next] = other.known[oldest];
        for (int key = 0; key < units.length; key++) {
            double[] theirs = other.units[key];
            if (theirs != null) {
                opened(units, key)[next] = theirs[oldest];
            }
        }
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            for (int key = 0; key < units.length; key++) {
                double[] theirs = other.lanes[lane][key];
                if (theirs != null) {
                    opened(lanes[lane], key)[next] = theirs[oldest];
                }
            }
        }
        advance();
    }

    /** Returns what is kept of a model, 0 all along if it is the first time. */
    private double[] opened(double[] @Nullable [] byKey, int key) {
        double[] known = byKey[key];
        if (known == null) {
            known = new double[times.length];
            byKey[key] = known;
            open.add(known);
        }
        return known;
    }

    private void advance() {
        next = (next + 1) % times.length;
        count = Math.min(count + 1, times.length);
    }

    private int slot(int age) {
        return Math.floorMod(next - 1 - age, times.length);
    }

    /** Returns the slot of the entry before; without the division of {@link #slot}, for each of hundreds of ticks. */
    private int before(int slot) {
        return slot == 0 ? times.length - 1 : slot - 1;
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
        opened(units, key)[slot(0)] += unitSeconds;
    }

    double unitSeconds(long nanos, int key) {
        double[] ofKey = units[key];
        if (ofKey == null) {
            return 0;
        }
        int old = ageAt(nanos);
        return between(ofKey, slot(old), slot(Math.max(0, old - 1)), nanos);
    }

    /** @param amounts by lane, all of the time between the two; what is multiplied with {@code perNano} */
    void spread(long fromNanos, long untilNanos, int key, double[] amounts, double perNano) {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            if (amounts[lane] != 0) {
                add(opened(lanes[lane], key), fromNanos, untilNanos, amounts[lane] * perNano);
            }
        }
    }

    void known(long fromNanos, long untilNanos) {
        add(known, fromNanos, untilNanos, 1e-9);
    }

    /** Adds a line that rises from one time to the other and stays at that height. */
    private void add(double[] values, long fromNanos, long untilNanos, double perNano) {
        int slot = slot(0);
        for (int age = 0; age < count; age++) {
            long nanos = times[slot];
            if (nanos - fromNanos <= 0) {
                return;
            }
            values[slot] += Math.min(nanos - fromNanos, untilNanos - fromNanos) * perNano;
            slot = before(slot);
        }
    }

    void read(long nanos, int key, EnergyClocks.Reading reading) {
        int old = ageAt(nanos);
        int before = slot(old);
        int after = slot(Math.max(0, old - 1));
        reading.knownSeconds = between(known, before, after, nanos);
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            double[] ofKey = lanes[lane][key];
            reading.perUnit[lane] = ofKey == null ? 0 : between(ofKey, before, after, nanos);
        }
    }

    /**
     * Takes the unit-seconds of a settled call out of the ticks that it was in flight in. What a tick no longer has was not in its
     * denominator either, so that its energy is with other calls already: that is taken back from {@code until}.
     */
    void claim(long fromNanos, long untilNanos, int key, long callUnits, EnergyClocks.Reading until) {
        double[] ofKey = units[key];
        if (ofKey == null) {
            return; // nothing was ever in flight, so no clock has moved
        }
        double[] taken = claims(key);
        int age = Math.max(0, ageAt(untilNanos) - 1);
        int slot = slot(age);
        for (; age + 1 < count; age++) {
            int before = before(slot);
            long overlap = Math.min(untilNanos, times[slot]) - Math.max(fromNanos, times[before]);
            if (times[slot] - fromNanos <= 0) {
                return;
            }
            if (overlap > 0) {
                double wanted = 1e-9 * callUnits * overlap;
                double left = Math.max(0, ofKey[slot] - ofKey[before] - taken[slot]);
                taken[slot] += Math.min(wanted, left);
                if (wanted > left) {
                    double part = (wanted - left) / wanted * overlap / (times[slot] - times[before]);
                    takeBack(slot, before, key, part, until);
                }
            }
            slot = before;
        }
    }

    private void takeBack(int slot, int before, int key, double part, EnergyClocks.Reading until) {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            double[] ofKey = lanes[lane][key];
            if (ofKey != null) {
                until.perUnit[lane] -= (ofKey[slot] - ofKey[before]) * part;
            }
        }
    }

    private double[] claims(int key) {
        double[] known = claimed[key];
        if (known == null) {
            known = new double[times.length];
            claimed[key] = known;
            openClaims.add(known);
        }
        return known;
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
