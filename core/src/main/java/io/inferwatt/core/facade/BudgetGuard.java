package io.inferwatt.core.facade;

/**
 * Answers an application that wants to spare: may it use the large model now, or shall it take a small one? Costs a look at a list that
 * is nearly always empty; never waits and never throws. Without an agent everything is allowed.
 *
 * <pre>{@code
 * String model = BudgetGuard.allowsModel("large") ? "large" : "small";
 * }</pre>
 */
public final class BudgetGuard {

    private BudgetGuard() {}

    /**
     * Returns whether something is left of a budget, as far as requests of this JVM are settled, about a second after their end. Of a
     * limit of mean joules per request: whether the mean is below it. True for a budget that is not known.
     *
     * @param budget its name as in the settings
     */
    public static boolean allows(String budget) {
        return AgentEntry.allows("budget:" + budget);
    }

    /**
     * Returns whether something is left of all budgets that select this model for the tenant of the calling thread, whatever is done
     * with it. Limits of mean joules per request do not count here.
     */
    public static boolean allowsModel(String model) {
        return AgentEntry.allows("model:" + model);
    }
}
