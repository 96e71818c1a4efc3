package io.inferwatt.core.sampling;

import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.EnginePools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bills the processor time of the engines' own threads to the models that used them. Sampler thread only. */
final class EnginePoolCpu {

    private final EnginePools pools;
    private final CpuClocks clocks;
    private final Map<EnginePool, Followed> followed = new ConcurrentHashMap<>();

    EnginePoolCpu(EnginePools pools, CpuClocks clocks) {
        this.pools = pools;
        this.clocks = clocks;
    }

    /** Adds what the pools used since the previous call to {@code cpuNanos[key]}. */
    void addTo(long[] cpuNanos) {
        List<EnginePool> open = pools.open();
        for (EnginePool pool : open) {
            followed.computeIfAbsent(pool, Followed::new).addTo(cpuNanos);
        }
        if (followed.size() > open.size()) {
            for (Iterator<Followed> all = followed.values().iterator(); all.hasNext(); ) {
                Followed one = all.next();
                if (!open.contains(one.pool)) {
                    one.close();
                    all.remove();
                }
            }
        }
    }

    private final class Followed {

        final EnginePool pool;
        private final List<Task> tasks = new ArrayList<>();
        private final List<Long> seenUses = new ArrayList<>();

        /** Nanoseconds nobody used the session for, and those rounding left over: billed with the next ones. */
        private long unbilledNanos;

        Followed(EnginePool pool) {
            this.pool = pool;
            for (int tid : pool.threadIds()) {
                try {
                    tasks.add(new Task(clocks.open(tid, pools.folder(tid))));
                } catch (IOException gone) {
                    // The thread has ended, or this kernel keeps no schedstat: its work stays with the runtime.
                }
            }
        }

        void addTo(long[] cpuNanos) {
            for (Iterator<Task> all = tasks.iterator(); all.hasNext(); ) {
                Task task = all.next();
                try {
                    unbilledNanos += task.sinceLast();
                } catch (IOException gone) {
                    task.clock.close();
                    all.remove();
                }
            }
            int users = pool.users();
            if (users == 1) {
                cpuNanos[pool.key(0)] += unbilledNanos;
                unbilledNanos = 0;
            } else if (users > 1) {
                divide(users, cpuNanos);
            }
        }

        private void divide(int users, long[] cpuNanos) {
            long uses = 0;
            for (int user = 0; user < users; user++) {
                if (user == seenUses.size()) {
                    seenUses.add(0L);
                }
                uses += pool.uses(user) - seenUses.get(user);
            }
            if (uses == 0) {
                return; // spinning after the last call: goes with the next one
            }
            long billed = 0;
            for (int user = 0; user < users; user++) {
                long now = pool.uses(user);
                long share = (long) ((double) unbilledNanos * (now - seenUses.get(user)) / uses);
                seenUses.set(user, now);
                cpuNanos[pool.key(user)] += share;
                billed += share;
            }
            unbilledNanos -= billed;
        }

        void close() {
            tasks.forEach(task -> task.clock.close());
        }
    }

    private static final class Task {

        final TaskClock clock;
        private long lastNanos;

        Task(TaskClock clock) throws IOException {
            this.clock = clock;
            this.lastNanos = clock.nanos(); // what starting up cost is not inference
        }

        long sinceLast() throws IOException {
            long now = clock.nanos();
            long since = Math.max(0, now - lastNanos);
            lastNanos = now;
            return since;
        }
    }
}
