package io.inferwatt.core.budget;

import io.inferwatt.core.report.BudgetKind;
import java.util.List;

/**
 * A limit that a team has set itself. Immutable.
 *
 * @param unit that the limit is written in
 * @param limit in the unit of the kind, above 0
 * @param thresholds percent of the limit at which somebody is told, rising
 * @param reject whether calls are rejected once it is used up
 */
record Budget(
        String name,
        BudgetSelector selector,
        BudgetUnit unit,
        double limit,
        BudgetWindow window,
        List<Double> thresholds,
        boolean reject) {

    Budget {
        thresholds = List.copyOf(thresholds);
    }

    BudgetKind kind() {
        return unit.kind;
    }

    /** Returns for instance {@code 4.01 of 5 kWh}. */
    String usage(double consumed) {
        return unit.number(consumed) + " of " + unit.number(limit) + " " + unit.label;
    }

    /** Returns what it is, for a person. */
    String describe() {
        return unit.number(limit) + " " + unit.label + " " + window.describe();
    }
}
