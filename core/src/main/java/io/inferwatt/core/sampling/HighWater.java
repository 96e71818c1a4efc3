package io.inferwatt.core.sampling;

/**
 * The highest value yet of a total that wavers because it is the difference of clocks read one after the other. Should it
 * fall by more than clocks can waver, the level follows, lest it stand still until the total is back where it was.
 */
final class HighWater {

    private final long slackNanos;
    private boolean started;
    private long level;

    HighWater(long slackNanos) {
        this.slackNanos = slackNanos;
    }

    /** Returns by how much {@code total} is above the level and raises that; 0 the first time. */
    long rise(long total) {
        if (!started) {
            started = true;
            level = total;
            return 0;
        }
        if (total > level) {
            long rise = total - level;
            level = total;
            return rise;
        }
        level = Math.min(level, total + slackNanos);
        return 0;
    }

    long level() {
        return level;
    }
}
