package io.inferwatt.core.report;

import java.util.List;

/**
 * How far one budget is used up by this JVM, in the unit of its kind.
 *
 * @param consumed charged in the present window, over restarts; of {@link BudgetKind#EFFICIENCY} the mean of the window's requests, NaN
 *     before the first
 * @param remaining to the limit, never negative; NaN of {@link BudgetKind#EFFICIENCY}
 * @param charged since this meter started; never falls
 * @param windowStartEpochSeconds when the present window began; of a rolling one, how far it reaches back
 * @param windowSeconds its length, which differs from day to day where clocks are put forward or back
 * @param burnRatio5m speed of consumption over the last five minutes, 1 = the limit is reached just at the window's end; NaN in the
 *     first minute and of {@link BudgetKind#EFFICIENCY}
 * @param burnRatio1h the same over the last hour, or since the start where that is shorter
 * @param forecastRatio consumption at the window's end over the limit if the last hour goes on; NaN where the burn ratio is
 * @param unknownRequests since the start whose figure is not known in whole or in part; what is known of them is charged
 * @param rejectedRequests since the start
 * @param zone whose midnight begins the window, empty for a rolling one
 * @param thresholds percent of the limit at which somebody is told, rising
 */
public record BudgetTotals(
        String name,
        BudgetKind kind,
        double limit,
        double consumed,
        double remaining,
        double charged,
        double windowStartEpochSeconds,
        double windowSeconds,
        double burnRatio5m,
        double burnRatio1h,
        double forecastRatio,
        long unknownRequests,
        long rejectedRequests,
        String zone,
        List<Double> thresholds) {

    public BudgetTotals {
        thresholds = List.copyOf(thresholds);
    }

    /** Returns consumption over the limit. */
    public double consumedRatio() {
        return consumed / limit;
    }
}
