package io.inferwatt.core.budget;

/**
 * Hears once in each window of each threshold that a budget reaches. Runs on the sampler thread: must be quick, must not wait, must not
 * throw.
 */
@FunctionalInterface
public interface BudgetListener {

    void crossed(BudgetCrossing crossing);
}
