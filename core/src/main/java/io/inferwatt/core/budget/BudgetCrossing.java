package io.inferwatt.core.budget;

import io.inferwatt.core.report.BudgetKind;

/**
 * A budget has reached one of its thresholds.
 *
 * @param thresholdPercent of the limit
 * @param consumed in the unit of the kind, as the limit
 * @param windowEndEpochSeconds when the window ends, or of a rolling one the end of what is counted now
 * @param zone whose midnight begins the window, empty for a rolling one
 * @param text the same for a person, one line
 */
public record BudgetCrossing(
        String budget,
        BudgetKind kind,
        double thresholdPercent,
        double consumed,
        double limit,
        double windowStartEpochSeconds,
        double windowEndEpochSeconds,
        String zone,
        String text) {

    /** Returns whether nothing of the budget is left. */
    public boolean isUsedUp() {
        return consumed >= limit;
    }
}
