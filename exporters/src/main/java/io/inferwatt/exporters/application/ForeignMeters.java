package io.inferwatt.exporters.application;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A registry of another copy of Micrometer. Meters are told apart by what {@link #gauge} and the others return, which must not keep
 * anything of the application alive. Any method may throw what the application's registry throws.
 */
public interface ForeignMeters {

    /** Returns whether the registry is no more, so that nothing reaches it. */
    boolean isGone();

    Object gauge(Description of, DoubleSupplier value);

    Object counter(Description of, DoubleSupplier value);

    /** Makes a summary whose buckets have those bounds; without any it has none. */
    Object summary(Description of, double[] bounds);

    Object timer(Description of);

    void record(Object summary, double amount);

    void recordNanos(Object timer, long nanos);

    void remove(Object meter);

    /**
     * What a meter is.
     *
     * @param name with dots, without unit
     * @param tags keys and values in turn
     */
    record Description(
            String name, @Nullable String unit, @Nullable String help, List<String> tags) {

        public Description {
            tags = List.copyOf(tags);
        }
    }
}
