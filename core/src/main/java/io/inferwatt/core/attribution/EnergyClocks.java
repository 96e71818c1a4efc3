package io.inferwatt.core.attribution;

import io.inferwatt.core.call.KeyTable;
import org.jspecify.annotations.Nullable;

/**
 * For each model a clock that runs in joules per unit: a call of u units that was in flight from a to b used
 * {@code u * (R(b) - R(a))}. Settling a call is one look-up, however many calls are in flight, and since within a tick
 * the rate is the model's energy over its unit-seconds, the calls add up to the model's energy.
 *
 * <p>The last {@value #FINE} ticks are kept, and beyond them one reading for each {@code coarseNanos}, so that calls
 * longer than the ticks reach back are settled by interpolation. Sampler thread only.
 */
final class EnergyClocks {

    static final int FINE = 512;
    static final int COARSE = 256;

    private final long coarseNanos;
    private final Ring fine = new Ring(FINE);
    private final Ring coarse = new Ring(COARSE);
    private final double[] dynamicNow = new double[KeyTable.CAPACITY];
    private final double[] idleNow = new double[KeyTable.CAPACITY];
    private final Reading beyond = new Reading();
    private double knownSecondsNow;

    /**
     * Starts all clocks at 0.
     *
     * @param reachNanos how far back a call may begin
     */
    EnergyClocks(long reachNanos) {
        this.coarseNanos = Math.max(1, reachNanos / (COARSE - 2));
    }

    /** Sets where time begins. */
    void start(long nanos) {
        fine.append(nanos, dynamicNow, idleNow, 0);
        coarse.append(nanos, dynamicNow, idleNow, 0);
    }

    /**
     * Advances to the end of a tick.
     *
     * @param dynamicPerUnit joules per unit above idle that each model used in the tick
     * @param idlePerUnit the same of its share of idle
     * @param knownSeconds how much of the tick had a known reading
     */
    void advance(long nanos, double[] dynamicPerUnit, double[] idlePerUnit, int keys, double knownSeconds) {
        for (int key = 0; key < keys; key++) {
            dynamicNow[key] += dynamicPerUnit[key];
            idleNow[key] += idlePerUnit[key];
            if (dynamicPerUnit[key] > 0 || idlePerUnit[key] > 0) {
                fine.open(key);
                coarse.open(key);
            }
        }
        knownSecondsNow += knownSeconds;
        fine.append(nanos, dynamicNow, idleNow, knownSecondsNow);
        if (nanos - coarse.newest() >= coarseNanos) {
            coarse.append(nanos, dynamicNow, idleNow, knownSecondsNow);
        }
    }

    /** Places the clocks at a time; a time beyond what is kept becomes the nearest one kept. */
    Reading at(long nanos, int key, Reading reading) {
        long fineFrom = fine.oldest();
        long coarseUntil = coarse.newest();
        if (nanos - fineFrom >= 0) {
            fine.read(nanos, key, reading);
        } else if (nanos - coarseUntil <= 0) {
            coarse.read(nanos, key, reading);
        } else {
            // Short ticks or a long reach: the rings do not meet, the clock is drawn straight across.
            coarse.read(coarseUntil, key, reading);
            fine.read(fineFrom, key, beyond);
            reading.approach(beyond, (double) (nanos - coarseUntil) / (fineFrom - coarseUntil));
        }
        return reading;
    }

    /** What the clocks of one model showed at one time. */
    static final class Reading {
        double dynamicPerUnit;
        double idlePerUnit;
        double knownSeconds;

        void approach(Reading other, double part) {
            dynamicPerUnit += (other.dynamicPerUnit - dynamicPerUnit) * part;
            idlePerUnit += (other.idlePerUnit - idlePerUnit) * part;
            knownSeconds += (other.knownSeconds - knownSeconds) * part;
        }
    }

    private static final class Ring {

        private final long[] times;
        private final double[] known;
        private final double[] @Nullable [] dynamic = new double[KeyTable.CAPACITY][];
        private final double[] @Nullable [] idle = new double[KeyTable.CAPACITY][];
        private int next;
        private int count;

        Ring(int size) {
            this.times = new long[size];
            this.known = new double[size];
        }

        void open(int key) {
            if (dynamic[key] == null) {
                dynamic[key] = new double[times.length]; // all 0: what the clock showed so far
                idle[key] = new double[times.length];
            }
        }

        void append(long nanos, double[] dynamicNow, double[] idleNow, double knownNow) {
            times[next] = nanos;
            known[next] = knownNow;
            for (int key = 0; key < dynamic.length; key++) {
                double[] ofKey = dynamic[key];
                double[] idleOfKey = idle[key];
                if (ofKey != null && idleOfKey != null) {
                    ofKey[next] = dynamicNow[key];
                    idleOfKey[next] = idleNow[key];
                }
            }
            next = (next + 1) % times.length;
            count = Math.min(count + 1, times.length);
        }

        private int slot(int age) {
            return Math.floorMod(next - 1 - age, times.length);
        }

        long newest() {
            return times[slot(0)];
        }

        long oldest() {
            return times[slot(count - 1)];
        }

        void read(long nanos, int key, Reading reading) {
            int young = 0; // invariant: times[young] > nanos >= times[old], ages count backwards
            int old = count - 1;
            if (nanos - newest() >= 0) {
                put(slot(0), slot(0), 0, key, reading);
                return;
            }
            if (nanos - oldest() <= 0) {
                put(slot(old), slot(old), 0, key, reading);
                return;
            }
            while (old - young > 1) {
                int middle = (young + old) >>> 1;
                if (nanos - times[slot(middle)] >= 0) {
                    old = middle;
                } else {
                    young = middle;
                }
            }
            int before = slot(old);
            int after = slot(young);
            double part = (double) (nanos - times[before]) / (times[after] - times[before]);
            put(before, after, part, key, reading);
        }

        private void put(int before, int after, double part, int key, Reading reading) {
            double[] ofKey = dynamic[key];
            double[] idleOfKey = idle[key];
            reading.knownSeconds = between(known, before, after, part);
            reading.dynamicPerUnit = ofKey == null ? 0 : between(ofKey, before, after, part);
            reading.idlePerUnit = idleOfKey == null ? 0 : between(idleOfKey, before, after, part);
        }

        private static double between(double[] values, int before, int after, double part) {
            return values[before] + (values[after] - values[before]) * part;
        }
    }
}
