package io.inferwatt.core.attribution;

/**
 * The time since a domain's counter last moved, and what happened in it. A fast counter moves in every tick and its
 * windows are the ticks. A slow one, such as that of a GPU, stands still for several: its energy belongs to all of them.
 * Of the tick in which it moved nobody knows at which moment; half way is the best guess, and that tick is shared by the
 * windows on either side. Sampler thread only.
 */
final class CounterWindow {

    /** A counter that moved in this many ticks in a row is fast after all. */
    private static final int FAST_AFTER = 50;

    /** How much one interval counts in their mean. */
    private static final double NEWEST = 0.1;

    private final TickFeatures features = new TickFeatures();
    private final TickFeatures rest = new TickFeatures();
    private long fromNanos;
    private long untilNanos;
    private int ticks;
    private double secondsSinceMoved;
    private boolean begun;
    private boolean slow;
    private int movedInARow = FAST_AFTER;
    private double intervalSeconds = Double.NaN;

    /** Adds a tick. */
    void add(TickFeatures tick) {
        if (!begun) {
            begun = true;
            fromNanos = tick.nanos - Math.round(tick.seconds * 1e9);
        }
        ticks++;
        secondsSinceMoved += tick.seconds;
        features.add(tick, 1);
    }

    /** Takes note that the counter moved in the tick just added, while the window stays open. */
    void moved() {
        if (ticks > 1) {
            // Once in a while a fast counter misses the moment by a hair; three ticks, or two twice, are no accident.
            slow = ticks > 2 || slow || movedInARow < FAST_AFTER;
            movedInARow = 0;
            intervalSeconds = intervalSeconds > 0
                    ? intervalSeconds + NEWEST * (secondsSinceMoved - intervalSeconds)
                    : secondsSinceMoved;
        } else if (++movedInARow >= FAST_AFTER) {
            slow = false;
        }
        ticks = 0;
        secondsSinceMoved = 0;
    }

    /** Closes the window in the tick just added, in which the counter moved. {@link #features} are complete now. */
    void close(TickFeatures last) {
        moved();
        features.add(rest, 1);
        rest.clear(last.keys);
        untilNanos = last.nanos;
        if (slow && last.seconds > 0) {
            // In a long tick the counter moved more than once, the last time within its interval.
            double after = 0.5 * Math.min(1, intervalSeconds / last.seconds);
            rest.add(last, after);
            features.add(rest, -1);
            untilNanos = last.nanos - Math.round(1e9 * rest.seconds);
        }
        features.nanos = untilNanos;
    }

    /** Closes the window with the tick added last, of which nothing is left for the next one. */
    void closeWhole() {
        untilNanos = features.nanos;
        features.add(rest, 1);
        rest.clear(features.keys);
        features.nanos = untilNanos;
    }

    /** Begins the next window where the closed one ended. */
    void next(int keys) {
        features.clear(keys);
        fromNanos = untilNanos;
    }

    /** Forgets everything, since the energy of this time will never be known. Returns the seconds forgotten. */
    double drop(int keys) {
        double seconds = features.seconds + rest.seconds;
        rest.clear(keys);
        features.clear(keys);
        ticks = 0;
        secondsSinceMoved = 0;
        begun = false;
        return seconds;
    }

    /** Returns the mean time between two movements, NaN of a counter that moves in every tick. */
    double intervalSeconds() {
        return slow ? intervalSeconds : Double.NaN;
    }

    double seconds() {
        return features.seconds + rest.seconds;
    }

    boolean isSlow() {
        return slow;
    }

    TickFeatures features() {
        return features;
    }

    /** Returns when the window began, {@code nowNanos} if it has not. */
    long fromNanos(long nowNanos) {
        return begun ? fromNanos : nowNanos;
    }

    long untilNanos() {
        return untilNanos;
    }
}
