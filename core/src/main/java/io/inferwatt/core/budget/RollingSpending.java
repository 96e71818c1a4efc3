package io.inferwatt.core.budget;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What was charged in the last so many hours, in parts of a sixtieth. One thread. */
final class RollingSpending implements Spending {

    static final int PARTS = 60;

    private final long partMillis;
    private final double[] amounts = new double[PARTS];
    private final long[] requests = new long[PARTS];
    private long newest = Long.MIN_VALUE;

    /** The newest part before the clock was put back. */
    private long ahead = Long.MIN_VALUE;

    /** The newest part before the clock went on by more than all parts, in case it was only put forward, and what was charged then. */
    private long behind = Long.MIN_VALUE;

    private final double[] behindAmounts = new double[PARTS];
    private final long[] behindRequests = new long[PARTS];

    RollingSpending(long lengthMillis) {
        partMillis = Math.max(1, lengthMillis / PARTS);
    }

    @Override
    public boolean moveTo(long epochMillis) {
        long part = Math.floorDiv(epochMillis, partMillis);
        if (newest == Long.MIN_VALUE) {
            newest = part;
        } else if (part > newest) {
            if (part - newest >= PARTS && ahead != Long.MIN_VALUE && part >= ahead && part - ahead < PARTS) {
                ahead = Long.MIN_VALUE;
                shiftTo(part); // putting it back was the mistake
            } else if (part - newest >= PARTS) {
                behind = newest;
                System.arraycopy(amounts, 0, behindAmounts, 0, PARTS);
                System.arraycopy(requests, 0, behindRequests, 0, PARTS);
                Arrays.fill(amounts, 0);
                Arrays.fill(requests, 0);
            } else {
                for (long each = newest + 1; each <= part; each++) {
                    amounts[index(each)] = 0;
                    requests[index(each)] = 0;
                }
            }
            newest = part;
        } else if (newest - part > PARTS) {
            ahead = newest;
            shiftTo(part); // the clock was wrong before: what was charged keeps its age
            addWhatWasLeft(part);
        }
        return false;
    }

    /** Gives back what was charged before the clock was put forward, as far as it still counts. */
    private void addWhatWasLeft(long part) {
        for (long each = Math.max(behind - PARTS + 1, part - PARTS + 1); behind <= part && each <= behind; each++) {
            amounts[index(each)] += behindAmounts[index(each)];
            requests[index(each)] += behindRequests[index(each)];
        }
        behind = Long.MIN_VALUE;
    }

    private void shiftTo(long part) {
        List<Double> kept = amounts();
        List<Long> keptRequests = requestCounts();
        newest = part;
        fill(kept, keptRequests);
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
