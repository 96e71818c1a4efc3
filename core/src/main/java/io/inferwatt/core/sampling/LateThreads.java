package io.inferwatt.core.sampling;

import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.EnginePools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the threads that an engine's own threads start when they first compute, as llama.cpp does through OpenMP. The kernel
 * does not tell who started a thread, but hands down the name. Sampler thread only.
 *
 * <p>A thread is taken for a pool's if it is younger, has the name, belongs to no other, and worked from one tick to the next
 * while of all pools that can have started it only this one was in use. What is never clear stays with the runtime. Until
 * it is taken in, so does what a thread has done: nothing is billed twice.
 *
 * <p>Listing the threads costs some 10 µs, more where there are hundreds: done while such a pool is in use, at each tick just
 * after it is opened, and ever more rarely down to once a second.
 */
final class LateThreads {

    private static final long SHORTEST_INTERVAL_NANOS = 20_000_000;
    private static final long LONGEST_INTERVAL_NANOS = 1_000_000_000;

    /** Ticks after a listing at which the suspects are looked at. */
    private static final int TICKS_WATCHED = 3;

    private final EnginePools pools;
    private final CpuClocks clocks;
    private final Map<Integer, Suspect> suspects = new HashMap<>();
    private final List<Found> found = new ArrayList<>();
    private List<EnginePool> open = List.of();
    private int[] seenIds = {};
    private long listedNanos;
    private long intervalNanos;
    private long tick;
    private long watchedUntilTick;

    LateThreads(EnginePools pools, CpuClocks clocks) {
        this.pools = pools;
        this.clocks = clocks;
    }

    /**
     * A thread that was taken into a pool.
     *
     * @param clock of that thread, to be closed by whom it is given to
     */
    record Found(EnginePool pool, TaskClock clock) {}

    /** Tells that pools were opened or closed. */
    void poolsChanged(List<EnginePool> nowOpen) {
        open = nowOpen;
        intervalNanos = 0;
        for (Iterator<Suspect> all = suspects.values().iterator(); all.hasNext(); ) {
            Suspect suspect = all.next();
            if (!isSuspect(suspect.tid, suspect.name)) {
                suspect.clock.close();
                all.remove();
            }
        }
    }

    /**
     * Returns the threads that now belong to a pool; to be called at each tick.
     *
     * @param inUse pools that grow and have been used since the tick before, or just before that
     * @return valid until the next call
     */
    List<Found> look(List<EnginePool> inUse, long nowNanos) {
        tick++;
        found.clear();
        if (inUse.isEmpty() || pools.isAnyUnderWay()) {
            return found;
        }
        if (intervalNanos == 0 || nowNanos - listedNanos >= intervalNanos) {
            list();
            listedNanos = nowNanos;
            intervalNanos = Math.min(LONGEST_INTERVAL_NANOS, Math.max(SHORTEST_INTERVAL_NANOS, 2 * intervalNanos));
            watchedUntilTick = tick + TICKS_WATCHED;
        }
        if (tick <= watchedUntilTick) {
            watch(inUse);
        }
        return found;
    }

    private void list() {
        int[] ids = pools.threadIds();
        for (int tid : ids) {
            if (Arrays.binarySearch(seenIds, tid) < 0 && isYoungerThanAnyPool(tid) && !pools.isClaimed(tid)) {
                String name = pools.threadName(tid);
                if (isSuspect(tid, name)) {
                    add(tid, name);
                }
            }
        }
        seenIds = ids;
    }

    /** Spares reading the names of the many that are older. */
    private boolean isYoungerThanAnyPool(int tid) {
        for (EnginePool pool : open) {
            if (pool.isOlderThan(tid)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSuspect(int tid, String name) {
        for (EnginePool pool : open) {
            if (canHaveStarted(pool, tid, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean canHaveStarted(EnginePool pool, int tid, String name) {
        return pool.isOlderThan(tid) && pool.threadName().equals(name);
    }

    private void add(int tid, String name) {
        try {
            suspects.put(tid, new Suspect(tid, name, clocks.open(tid, pools.folder(tid))));
        } catch (IOException gone) {
            // It has ended, or this kernel keeps no schedstat: its work stays with the runtime.
        }
    }

    private void watch(List<EnginePool> inUse) {
        for (Iterator<Suspect> all = suspects.values().iterator(); all.hasNext(); ) {
            Suspect suspect = all.next();
            EnginePool pool = suspect.watch(tick, only(inUse, suspect));
            // A Java thread has its creator's name until it gives itself one; a thread that has ended has none.
            boolean isSuspect = pools.threadName(suspect.tid).equals(suspect.name) && !pools.isClaimed(suspect.tid);
            if (isSuspect && pool != null && pools.claim(suspect.tid, pool)) {
                found.add(new Found(pool, suspect.clock));
                all.remove();
            } else if (!isSuspect) {
                suspect.clock.close();
                all.remove();
            }
        }
    }

    /** Returns the one of these pools that can have started a thread, or null if there are none or several. */
    private static @Nullable EnginePool only(List<EnginePool> inUse, Suspect suspect) {
        EnginePool only = null;
        for (EnginePool pool : inUse) {
            if (canHaveStarted(pool, suspect.tid, suspect.name)) {
                if (only != null) {
                    return null;
                }
                only = pool;
            }
        }
        return only;
    }

    private static final class Suspect {

        final int tid;
        final String name;
        final TaskClock clock;

        /** Whose it seemed to be when last watched; null if that was not clear. */
        private @Nullable EnginePool pool;

        private long watchedTick;
        private long nanos;

        Suspect(int tid, String name, TaskClock clock) {
            this.tid = tid;
            this.name = name;
            this.clock = clock;
        }

        /**
         * Returns whose it is, if it has worked since the tick before.
         *
         * @param now the only pool in use that can have started it, null if that is not clear
         */
        @Nullable
        EnginePool watch(long tick, @Nullable EnginePool now) {
            long before = nanos;
            try {
                nanos = clock.nanos();
            } catch (IOException gone) {
                return null;
            }
            boolean clear = now != null && now == pool && watchedTick == tick - 1;
            pool = now;
            watchedTick = tick;
            return clear && nanos > before ? now : null;
        }
    }
}
