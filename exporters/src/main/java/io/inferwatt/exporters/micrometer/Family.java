package io.inferwatt.exporters.micrometer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One metric family: what a name means and which labels each of its series has.
 *
 * @param name Micrometer's dotted name without unit; never with {@code total}, which Prometheus registries append
 * @param unit base unit, appended to the name by Prometheus registries, or null for plain counts
 * @param labels label keys, the same for all series of the family
 * @param help one sentence with unit and boundary
 */
record Family(Kind kind, String name, @Nullable String unit, List<String> labels, String help) {

    enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        TIMER
    }

    static Family counter(String name, @Nullable String unit, String help, String... labels) {
        return new Family(Kind.COUNTER, name, unit, List.of(labels), help);
    }

    static Family gauge(String name, @Nullable String unit, String help, String... labels) {
        return new Family(Kind.GAUGE, name, unit, List.of(labels), help);
    }
}
