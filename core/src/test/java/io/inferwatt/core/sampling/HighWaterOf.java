package io.inferwatt.core.sampling;

import java.util.function.LongUnaryOperator;

/** The rule by which the sampler follows wavering clocks, for tests outside this package. */
public final class HighWaterOf {

    private HighWaterOf() {}

    /** Returns a fresh level; applied to a total it says by how much that is above the level. */
    public static LongUnaryOperator slack(long nanos) {
        HighWater level = new HighWater(nanos);
        return level::rise;
    }
}
