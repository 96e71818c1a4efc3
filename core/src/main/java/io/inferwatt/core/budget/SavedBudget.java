package io.inferwatt.core.budget;

import java.util.List;
import java.util.Map;

/**
 * What is kept of one budget over a restart.
 *
 * @param kind label of its kind
 * @param window as {@link BudgetWindow#text}
 * @param limit in force when it was written
 * @param amounts one, or those of the parts of a rolling window, the oldest first
 * @param requests whose figures are part of the amounts, in the same order
 * @param told thresholds in percent that somebody was told of in this window, with the time in epoch milliseconds
 */
record SavedBudget(
        String name,
        String kind,
        String window,
        double limit,
        long startMillis,
        long endMillis,
        List<Double> amounts,
        List<Long> requests,
        Map<Double, Long> told) {

    /** A hundred thousand years, so that no sum of times overflows. */
    private static final long MOST_MILLIS = 1L << 52;

    private static final long MOST_REQUESTS = 1L << 52;

    SavedBudget {
        amounts = List.copyOf(amounts);
        requests = List.copyOf(requests);
        told = Map.copyOf(told);
    }

    /** Returns whether the figures are those of a window of that kind, whoever wrote them. */
    boolean isSound() {
        boolean rolling = window.startsWith("rolling ");
        int parts = rolling ? RollingSpending.PARTS : 1;
        return amounts.size() == parts
                && requests.size() == parts
                && startMillis < endMillis
                && Math.max(Math.abs(startMillis), Math.abs(endMillis)) < MOST_MILLIS
                && limit > 0
                && Double.isFinite(limit)
                && amounts.stream().allMatch(amount -> amount >= 0)
                && Double.isFinite(
                        amounts.stream().mapToDouble(Double::doubleValue).sum())
                && requests.stream().allMatch(count -> count >= 0 && count < MOST_REQUESTS);
    }
}
