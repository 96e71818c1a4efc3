package io.inferwatt.core.budget;

import java.util.List;

/**
 * What was charged in the present window. The clock of a machine may be wrong and put right: put back, it neither begins a window a
 * second time nor loses what was charged. One thread.
 */
interface Spending {

    /**
     * Moves the window to a moment; must come before what follows.
     *
     * @return whether a window of the calendar has begun, so that all is 0
     */
    boolean moveTo(long epochMillis);

    void add(double amount, long requests);

    double amount();

    /** Returns the requests whose figure is part of {@link #amount}. */
    long requests();

    long startMillis();

    long endMillis();

    /** Returns the amounts as they are kept; what {@link #restore} takes. */
    List<Double> amounts();

    List<Long> requestCounts();

    /** Takes over what an earlier JVM has charged. Must be called before anything is added. */
    void restore(SavedBudget saved);
}
