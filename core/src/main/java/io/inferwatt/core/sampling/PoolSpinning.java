package io.inferwatt.core.sampling;

import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.KeyTable;
import java.util.Arrays;

/**
 * Bills what a pool certainly spun with nothing in flight to the models that use it, in proportion to the pool's processor
 * time that was billed to them. Sampler thread only.
 */
final class PoolSpinning {

    private final EnginePool pool;
    private final SpinningBound bound;
    private final long[] billed = new long[KeyTable.CAPACITY];
    private int knownUsers;

    PoolSpinning(EnginePool pool, int threads) {
        this.pool = pool;
        this.bound = new SpinningBound(threads);
    }

    /** Takes note that the pool has one more thread. */
    void grow() {
        bound.grow();
    }

    /** Takes note that a user was billed processor time of the pool. */
    void bill(int user, long nanos) {
        billed[user] += nanos;
    }

    /**
     * Looks at the pool just after its clocks were read and its users billed.
     *
     * @param since what the clocks moved on
     * @param users how many users were known before the clocks were read
     */
    void addTo(long[] spinningNanos, long since, int users, CallDrain drain) {
        bound.ran(since);
        if (!bound.isDue(drain.nanos())) {
            return;
        }
        long inFlightNanos = 0;
        long begun = 0;
        boolean known = users > 0 && users == knownUsers;
        knownUsers = users;
        for (int user = 0; user < users; user++) {
            int key = pool.key(user);
            if (key >= drain.keys()) { // new since the drain
                known = false;
                break;
            }
            inFlightNanos += drain.inFlightNanos(key);
            begun += drain.begun(key);
        }
        if (!known) {
            bound.drop();
            Arrays.fill(billed, 0);
            return;
        }
        long late = Math.max(0, System.nanoTime() - drain.nanos());
        divide(bound.look(drain.nanos(), late, inFlightNanos, begun), users, spinningNanos);
    }

    private void divide(long certain, int users, long[] spinningNanos) {
        long all = 0;
        for (int user = 0; user < users; user++) {
            all += billed[user];
        }
        for (int user = 0; user < users; user++) {
            if (all > 0) {
                spinningNanos[pool.key(user)] += (long) ((double) Math.min(certain, all) * billed[user] / all);
            }
            billed[user] = 0;
        }
    }
}
