package io.inferwatt.core.budget;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was charged in the last so many hours, in parts of a sixtieth. One thread. */
final class RollingSpending implements Spending {

    static final int PARTS = 60;

    /** So many wrong turns of the clock are remembered. */
    private static final int MOST_JUMPS = 3;

    private final long partMillis;
    private double[] amounts = new double[PARTS];
    private long[] requests = new long[PARTS];
    private long newest = Long.MIN_VALUE;

    /** The newest part before the clock was put back. */
    private long ahead = Long.MIN_VALUE;

    /** When the clock went on by more than a part, the latest last: it may have been put forward only, and be put back. */
    private final Deque<Jump> jumps = new ArrayDeque<>(MOST_JUMPS);

    RollingSpending(long lengthMillis) {
        partMillis = Math.max(1, lengthMillis / PARTS);
    }

    /** The clock went on by more than a part. */
    private static final class Jump {

        final long from;
        final long to;

        /** As they were, before what seemed too old was forgotten. */
        final double[] amounts;

        final long[] requests;

        Jump(long from, long to, double[] amounts, long[] requests) {
            this.from = from;
            this.to = to;
            this.amounts = amounts;
            this.requests = requests;
        }

        /**
         * Returns whether a clock that is put back to that part comes from here, give or take a window: to where it was before, or by
         * about as much as it went on.
         */
        boolean isUndoneBy(long newest, long part) {
            return part > from - PARTS && (part < to || 2 * (newest - part + 1) >= to - from);
        }
    }

    @Override
    public boolean moveTo(long epochMillis) {
        long part = Math.floorDiv(epochMillis, partMillis);
        if (newest == Long.MIN_VALUE) {
            newest = part;
        } else if (part > newest) {
            goOn(part);
        } else if (part < newest) {
            goBack(part);
        }
        return false;
    }

    private void goOn(long part) {
        if (part - newest >= PARTS && ahead != Long.MIN_VALUE && part >= ahead && part - ahead < PARTS) {
            ahead = Long.MIN_VALUE;
            shiftTo(part); // putting it back was the mistake
            return;
        }
        if (part - newest > 1) {
            if (jumps.size() == MOST_JUMPS) {
                jumps.removeFirst();
            }
            jumps.addLast(new Jump(newest, part, amounts.clone(), requests.clone()));
        }
        advanceTo(part);
        if (!jumps.isEmpty() && newest - jumps.getLast().to >= PARTS) {
            jumps.clear(); // a whole window has passed since: what was charged before is too old by any clock
        }
    }

    private void advanceTo(long part) {
        for (long each = Math.max(newest + 1, part - PARTS + 1); each <= part; each++) {
            amounts[index(each)] = 0;
            requests[index(each)] = 0;
        }
        newest = part;
    }

    private void goBack(long part) {
        long before = newest;
        Jump wrong = undoneAt(part);
        if (wrong != null) {
            undo(wrong, part);
        }
        if (before - part > PARTS) {
            ahead = before;
        }
        if (newest - part > PARTS) {
            shiftTo(part); // the clock was wrong before: what was charged keeps its age
        }
    }

    /** Takes the latest jump that was a mistake from those that are remembered, and the ones after it. */
    private @Nullable Jump undoneAt(long part) {
        boolean any = false;
        for (Jump jump : jumps) {
            any |= jump.isUndoneBy(newest, part);
        }
        Jump wrong = null;
        while (any && wrong == null) {
            Jump latest = jumps.removeLast();
            wrong = latest.isUndoneBy(newest, part) ? latest : null;
        }
        return wrong;
    }

    /** Goes on from where the clock was put forward; what was charged since keeps its age. */
    private void undo(Jump wrong, long part) {
        double[] since = amounts;
        long[] requestsSince = requests;
        long until = newest;
        amounts = wrong.amounts;
        requests = wrong.requests;
        newest = wrong.from;
        if (part > newest) {
            advanceTo(part);
        }
        for (long each = Math.max(wrong.to, until - PARTS + 1); each <= until; each++) {
            int index = index(newest - (until - each));
            amounts[index] += since[index(each)];
            requests[index] += requestsSince[index(each)];
        }
    }

    private void shiftTo(long part) {
        List<Double> kept = amounts();
        List<Long> keptRequests = requestCounts();
        newest = part;
        fill(kept, keptRequests);
        jumps.clear();
    }

    private static int index(long part) {
        return (int) Math.floorMod(part, (long) PARTS);
    }

    @Override
    public void add(double added, long addedRequests) {
        amounts[index(newest)] += added;
        requests[index(newest)] += addedRequests;
    }

    @Override
    public double amount() {
        double sum = 0;
        for (double part : amounts) {
            sum += part;
        }
        return sum;
    }

    @Override
    public long requests() {
        long sum = 0;
        for (long part : requests) {
            sum += part;
        }
        return sum;
    }

    @Override
    public long startMillis() {
        return (newest - PARTS + 1) * partMillis;
    }

    @Override
    public long endMillis() {
        return (newest + 1) * partMillis;
    }

    /** Returns the oldest first. */
    @Override
    public List<Double> amounts() {
        List<Double> kept = new ArrayList<>(PARTS);
        for (long part = newest - PARTS + 1; part <= newest; part++) {
            kept.add(amounts[index(part)]);
        }
        return kept;
    }

    @Override
    public List<Long> requestCounts() {
        List<Long> kept = new ArrayList<>(PARTS);
        for (long part = newest - PARTS + 1; part <= newest; part++) {
            kept.add(requests[index(part)]);
        }
        return kept;
    }

    @Override
    public void restore(SavedBudget saved) {
        newest = Math.floorDiv(saved.endMillis(), partMillis) - 1;
        fill(saved.amounts(), saved.requests());
    }

    private void fill(List<Double> kept, List<Long> keptRequests) {
        for (int i = 0; i < PARTS; i++) {
            int index = index(newest - PARTS + 1 + i);
            amounts[index] = kept.get(i);
            requests[index] = keptRequests.get(i);
        }
    }
}
