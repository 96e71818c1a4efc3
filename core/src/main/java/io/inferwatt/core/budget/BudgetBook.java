package io.inferwatt.core.budget;

import io.inferwatt.core.footprint.Footprint;
import io.inferwatt.core.report.BudgetKind;
import io.inferwatt.core.report.BudgetTotals;
import io.inferwatt.core.report.SettledCall;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What one budget was charged with. Sampler thread, but for {@link #rejected}. */
final class BudgetBook {

    /** A mean of fewer requests says little: one cold start would cross it. */
    static final long FEWEST_REQUESTS = 20;

    private static final long FIVE_MINUTES_NANOS = 300_000_000_000L;
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    private final Budget budget;
    private final Spending spending;
    private final RecentCharges fiveMinutes;
    private final RecentCharges hour;
    private final Map<Double, Long> toldMillis = new HashMap<>();
    private final LongAdder rejected = new LongAdder();
    private double charged;
    private long unknownRequests;

    BudgetBook(Budget budget, long epochMillis, long nowNanos) {
        this.budget = budget;
        this.spending = budget.window().begin();
        this.fiveMinutes = new RecentCharges(FIVE_MINUTES_NANOS, nowNanos);
        this.hour = new RecentCharges(HOUR_NANOS, nowNanos);
        spending.moveTo(epochMillis);
    }

    Budget budget() {
        return budget;
    }

    /** Goes on where an earlier JVM has ended. */
    void restore(SavedBudget saved, long epochMillis) {
        spending.restore(saved);
        toldMillis.putAll(saved.told());
        if (saved.limit() != budget.limit()) {
            toldMillis.keySet().removeIf(percent -> !isReached(percent)); // a raised limit may be reached anew
        }
        moveTo(epochMillis);
    }

    /** Returns whether a window of the calendar has begun. */
    boolean moveTo(long epochMillis) {
        boolean begun = spending.moveTo(epochMillis);
        if (begun) {
            toldMillis.clear();
        }
        if (budget.window() instanceof BudgetWindow.Rolling rolling && !toldMillis.isEmpty()) {
            long length = rolling.length().toMillis();
            Iterator<Map.Entry<Double, Long>> told = toldMillis.entrySet().iterator();
            while (told.hasNext()) {
                Map.Entry<Double, Long> each = told.next();
                // Put back far, the clock was wrong when it was told.
                if (Math.abs(epochMillis - each.getValue()) >= length && !isReached(each.getKey())) {
                    told.remove();
                }
            }
        }
        return begun;
    }

    /** Charges a request that the budget selects; to come after {@link #moveTo}. */
    void charge(SettledCall call, long nowNanos) {
        Footprint footprint = call.footprint();
        switch (budget.kind()) {
            case ENERGY -> {
                addKnown(call.joulesWithIdle(), nowNanos);
                addKnown(call.remoteJoulesWithIdle(), nowNanos);
                countUnknown(call.totalJoules(), call);
            }
            case CO2E -> {
                addKnown(footprint.operationalGrams(), nowNanos);
                addKnown(footprint.embodiedGrams(), nowNanos);
                countUnknown(footprint.gramsInPart() ? Double.NaN : footprint.operationalGrams(), call);
            }
            case WATER -> {
                addKnown(footprint.liters(), nowNanos);
                countUnknown(footprint.litersInPart() ? Double.NaN : footprint.liters(), call);
            }
            case EFFICIENCY -> {
                // A part told apart is no request; of the one it belongs to the joules are told in pieces.
                double joules = call.whole() ? call.totalJoules() : Double.NaN;
                addKnown(joules, nowNanos);
                countUnknown(call.requests() == 0 ? 0 : joules, call);
            }
        }
    }

    private void addKnown(double amount, long nowNanos) {
        if (isKnown(amount)) {
            spending.add(amount, 0);
            charged += amount;
            fiveMinutes.add(amount, nowNanos);
            hour.add(amount, nowNanos);
        }
    }

    private void countUnknown(double amount, SettledCall call) {
        if (isKnown(amount)) {
            spending.add(0, call.requests());
        } else {
            unknownRequests += Math.max(1, call.requests()); // a part told apart is one of a request's
        }
    }

    private static boolean isKnown(double amount) {
        return amount >= 0 && Double.isFinite(amount);
    }

    double consumed() {
        return budget.kind() == BudgetKind.EFFICIENCY
                ? spending.requests() == 0 ? Double.NaN : spending.amount() / spending.requests()
                : spending.amount();
    }

    /** Returns whether nothing is left; a mean has nothing left where it is above the limit. */
    boolean isUsedUp() {
        return isReached(100);
    }

    private boolean isReached(double percent) {
        if (budget.kind() == BudgetKind.EFFICIENCY && spending.requests() < FEWEST_REQUESTS) {
            return false;
        }
        return consumed() >= budget.limit() * percent / 100;
    }

    /**
     * Returns the lowest threshold that is reached and was not returned before in this window, null if there is none.
     *
     * @param epochMillis now
     */
    @Nullable
    BudgetCrossing nextCrossing(long epochMillis) {
        for (double percent : budget.thresholds()) {
            if (!toldMillis.containsKey(percent) && isReached(percent)) {
                toldMillis.put(percent, epochMillis);
                return crossing(percent);
            }
        }
        return null;
    }

    private BudgetCrossing crossing(double percent) {
        String text = "budget " + budget.name() + ": " + plain(percent) + " % reached, "
                + (budget.kind() == BudgetKind.EFFICIENCY ? "mean " : "") + budget.usage(consumed()) + " "
                + budget.window().until(spending.endMillis())
                + (unknownRequests == 0 ? "" : "; " + unknownRequests + " requests are not or only partly known")
                + (budget.reject() && percent >= 100 ? "; calls that it selects are rejected" : "");
        return new BudgetCrossing(
                budget.name(),
                budget.kind(),
                percent,
                consumed(),
                budget.limit(),
                spending.startMillis() / 1e3,
                spending.endMillis() / 1e3,
                budget.window().zoneName(),
                text);
    }

    private static String plain(double percent) {
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }

    /** Returns what an application is told whose call is rejected. */
    String refusal() {
        return "Inferwatt: budget '" + budget.name() + "' used up: " + budget.usage(consumed()) + " "
                + budget.window().until(spending.endMillis());
    }

    LongAdder rejected() {
        return rejected;
    }

    BudgetTotals totals(long epochMillis, long nowNanos) {
        boolean isMean = budget.kind() == BudgetKind.EFFICIENCY;
        double windowSeconds = (spending.endMillis() - spending.startMillis()) / 1e3;
        double plan = budget.limit() / windowSeconds;
        double burn = isMean ? Double.NaN : hour.perSecond(nowNanos) / plan;
        double left = budget.window() instanceof BudgetWindow.Rolling
                ? Double.NaN
                : Math.max(0, Math.min(windowSeconds, (spending.endMillis() - epochMillis) / 1e3));
        // At the end of a rolling window all that is counted now has left it.
        double forecast = Double.isNaN(left) ? burn : consumed() / budget.limit() + burn * left / windowSeconds;
        return new BudgetTotals(
                budget.name(),
                budget.kind(),
                budget.limit(),
                consumed(),
                isMean ? Double.NaN : Math.max(0, budget.limit() - consumed()),
                charged,
                spending.startMillis() / 1e3,
                windowSeconds,
                isMean ? Double.NaN : fiveMinutes.perSecond(nowNanos) / plan,
                burn,
                isMean ? Double.NaN : forecast,
                unknownRequests,
                rejected.sum(),
                budget.window().zoneName(),
                budget.thresholds());
    }

    SavedBudget saved() {
        List<Double> amounts = spending.amounts();
        return new SavedBudget(
                budget.name(),
                budget.kind().label(),
                budget.window().text(),
                budget.limit(),
                spending.startMillis(),
                spending.endMillis(),
                amounts,
                spending.requestCounts(),
                toldMillis);
    }
}
