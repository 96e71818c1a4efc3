package io.inferwatt.core.simulation;

/** Counter values on their way to where they can be read. */
final class DelayedReadings {

    private final double delaySeconds;
    private final double[] visibleAt;
    private final long[] values;
    private int first;
    private int count;
    private long shown;

    /**
     * Starts at value 0.
     *
     * @param intervalSeconds the least time from one reading to the next
     */
    DelayedReadings(double delaySeconds, double intervalSeconds) {
        this.delaySeconds = delaySeconds;
        int capacity = (int) Math.ceil(delaySeconds / intervalSeconds) + 2;
        this.visibleAt = new double[capacity];
        this.values = new long[capacity];
    }

    void add(double seconds, long value) {
        shown(seconds);
        int last = (first + count) % values.length;
        visibleAt[last] = seconds + delaySeconds;
        values[last] = value;
        count++;
    }

    /** Returns the newest value that is visible. */
    long shown(double seconds) {
        while (count > 0 && visibleAt[first] <= seconds) {
            shown = values[first];
            first = (first + 1) % values.length;
            count--;
        }
        return shown;
    }
}
