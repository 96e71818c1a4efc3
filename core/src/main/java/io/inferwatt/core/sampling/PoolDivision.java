package io.inferwatt.core.sampling;

import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.KeyTable;

/**
 * Divides what a pool of several users has worked by the time that each was in flight since the last division: a large model is
 * longer at it than a small one. Users that have not come back since, nor are still in flight with what they came for, take no
 * part: they may wait elsewhere. Sampler thread only.
 */
final class PoolDivision {

    private final EnginePool pool;
    private final long[] seenInFlightNanos = new long[KeyTable.CAPACITY];
    private final long[] inFlightNanos = new long[KeyTable.CAPACITY];
    private final int[] seenUses = new int[KeyTable.CAPACITY];
    private final boolean[] stays = new boolean[KeyTable.CAPACITY];
    private int seenUsers;
    private long sumNanos;

    PoolDivision(EnginePool pool) {
        this.pool = pool;
    }

    /**
     * Looks at the users; returns whether any of them used the pool.
     *
     * @param lastInFlightNanos by key, the time in flight at the look before: what a new user did before that is none of this pool's
     */
    boolean look(int users, CallDrain drain, long[] lastInFlightNanos) {
        sumNanos = 0;
        for (int user = 0; user < users; user++) {
            int key = pool.key(user);
            if (key >= drain.keys()) {
                break; // new since the drain, and so are all after it
            }
            if (user == seenUsers) {
                seenInFlightNanos[user] = lastInFlightNanos[key];
                stays[user] = true;
                seenUsers++;
            }
            int uses = pool.uses(key);
            boolean takesPart = stays[user] || uses != seenUses[user];
            long now = drain.inFlightNanos(key);
            inFlightNanos[user] = takesPart ? Math.max(0, now - seenInFlightNanos[user]) : 0;
            sumNanos += inFlightNanos[user];
            stays[user] = takesPart && drain.inFlight(key) > 0;
            seenUses[user] = uses;
            seenInFlightNanos[user] = now;
        }
        return sumNanos > 0;
    }

    /** Returns what of the pool's work is a user's, after a {@link #look} that found some. */
    long take(int user, long workedNanos) {
        return (long) ((double) workedNanos * inFlightNanos[user] / sumNanos);
    }
}
