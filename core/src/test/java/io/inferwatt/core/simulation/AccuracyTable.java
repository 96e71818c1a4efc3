package io.inferwatt.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One table of the benchmark: what is varied, and what is told of each. Measured and printed by the benchmark. */
final class AccuracyTable {

    final String id;
    final String title;
    final List<Condition> conditions = new ArrayList<>();

    AccuracyTable(String id, String title) {
        this.id = id;
        this.title = title;
    }

    AccuracyTable row(String name, Supplier<Scenario> scenario, Figure... figures) {
        conditions.add(new Condition(name, scenario, List.of(figures)));
        return this;
    }
}
