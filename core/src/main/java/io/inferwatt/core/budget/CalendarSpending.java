package io.inferwatt.core.budget;

import io.inferwatt.core.budget.BudgetWindow.Calendar;
import io.inferwatt.core.budget.BudgetWindow.Calendar.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was charged in the present day, week or month. One thread. */
final class CalendarSpending implements Spending {

    private final Calendar window;
    private @Nullable Period period;
    private double amount;
    private long requests;

    /** The window that was left because the clock was put back, and what was charged in it. */
    private @Nullable Period ahead;

    private double aheadAmount;
    private long aheadRequests;

    /** The window before this one, in case it was left only because the clock was put forward, and what was charged in it. */
    private @Nullable Period behind;

    private double behindAmount;
    private long behindRequests;

    CalendarSpending(Calendar window) {
        this.window = window;
    }

    @Override
    public boolean moveTo(long epochMillis) {
        Period current = period;
        if (current == null) {
            period = window.periodOf(epochMillis);
            return false;
        }
        if (current.isEndedAt(epochMillis)) {
            Period next = window.periodOf(epochMillis);
            period = next;
            if (next.equals(ahead)) { // putting it back was the mistake: this window goes on
                ahead = null;
                amount = Math.max(amount, aheadAmount);
                requests = Math.max(requests, aheadRequests);
                return false;
            }
            behind = current;
            behindAmount = amount;
            behindRequests = requests;
            amount = 0;
            requests = 0;
            return true;
        }
        if (epochMillis < current.startMillis() - current.millis()) {
            // Put back this far the clock was wrong before: a window that lies years ahead would never end.
            ahead = current;
            aheadAmount = amount;
            aheadRequests = requests;
            Period right = window.periodOf(epochMillis);
            period = right;
            if (right.equals(behind)) {
                behind = null;
                amount += behindAmount;
                requests += behindRequests;
            }
        }
        return false;
    }

    @Override
    public void add(double added, long addedRequests) {
        amount += added;
        requests += addedRequests;
    }

    @Override
    public double amount() {
        return amount;
    }

    @Override
    public long requests() {
        return requests;
    }

    @Override
    public long startMillis() {
        return period == null ? 0 : period.startMillis();
    }

    @Override
    public long endMillis() {
        return period == null ? 0 : period.endMillis();
    }

    @Override
    public List<Double> amounts() {
        return List.of(amount);
    }

    @Override
    public List<Long> requestCounts() {
        return List.of(requests);
    }

    @Override
    public void restore(SavedBudget saved) {
        period = new Period(saved.startMillis(), saved.endMillis());
        amount = saved.amounts().get(0);
        requests = saved.requests().get(0);
    }
}
