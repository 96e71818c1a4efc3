package io.inferwatt.core.sampling;

import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.EnginePools;
import io.inferwatt.core.call.KeyTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bills the processor time of the engines' own threads to the models that used them. Sampler thread only.
 *
 * <p>A clock costs 2 µs to read and a session may have one thread for each processor, so those of a session at rest are
 * left alone: no call of its users for a while, and the clocks stood still when last read. Those of a session that computes
 * on the calling thread alone, as small models do, are only looked at now and then, when the process has used more than is billed, until they move. The clocks are
 * totals, so what a thread should do meanwhile is not lost but billed later.
 */
final class EnginePoolCpu {

    /** Ten times what a clock may be behind, three times what a pool goes on spinning for after a call. */
    private static final long REST_AFTER_NANOS = 50_000_000;
    /** Readings during use without any movement after which a pool counts as unused. */
    private static final int IDLE_READINGS = 100;
    /** Less than the 50 ms tick of clocks that are files, so that such ticks read every time. */
    private static final long IDLE_INTERVAL_NANOS = 45_000_000;
    /** Until the process has used this much more than is billed, no thread can have done much unseen: half its clock's step. */
    private static final long UNSEEN_NANOS = 5_000_000;

    private static final long LONGEST_INTERVAL_NANOS = 1_000_000_000;

    /** What the process has used cannot be told. */
    static final long UNKNOWN = Long.MAX_VALUE;

    private final EnginePools pools;
    private final CpuClocks clocks;
    private final List<Followed> followed = new ArrayList<>();
    private List<EnginePool> open = List.of();
    private final long[] seenBegun = new long[KeyTable.CAPACITY];
    private final long[] usedNanos = new long[KeyTable.CAPACITY];
    private final long[] spinningNanos = new long[KeyTable.CAPACITY];
    private final long[] lastInFlightNanos = new long[KeyTable.CAPACITY];
    private final LateThreads lateThreads;
    private final List<EnginePool> growingInUse = new ArrayList<>();

    EnginePoolCpu(EnginePools pools, CpuClocks clocks) {
        this.pools = pools;
        this.clocks = clocks;
        this.lateThreads = new LateThreads(pools, clocks);
    }

    /**
     * Adds what the pools used since the previous call to {@code cpuNanos[key]}.
     *
     * @param besideNanos what the process has used beside all that is billed to models so far, or {@link #UNKNOWN}
     */
    void addTo(long[] cpuNanos, CallDrain drain, long besideNanos) {
        List<EnginePool> now = pools.open();
        if (now != open) {
            follow(now);
            open = now;
        }
        if (followed.isEmpty()) {
            remember(drain);
            return;
        }
        for (int key = 0; key < drain.keys(); key++) {
            long begun = drain.begun(key);
            if (begun != seenBegun[key] || drain.inFlight(key) > 0) {
                seenBegun[key] = begun;
                usedNanos[key] = drain.nanos();
            }
        }
        takeInLateThreads(drain.nanos());
        for (int i = 0; i < followed.size(); i++) {
            followed.get(i).addTo(cpuNanos, drain, besideNanos);
        }
        remember(drain);
    }

    private void remember(CallDrain drain) {
        for (int key = 0; key < drain.keys(); key++) {
            lastInFlightNanos[key] = drain.inFlightNanos(key);
        }
    }

    private void takeInLateThreads(long nowNanos) {
        growingInUse.clear();
        for (int i = 0; i < followed.size(); i++) {
            Followed one = followed.get(i);
            if (one.pool.grows() && !one.atRest(one.pool.users(), nowNanos)) {
                growingInUse.add(one.pool);
            }
        }
        for (LateThreads.Found found : lateThreads.look(growingInUse, nowNanos)) {
            for (Followed one : followed) {
                if (one.pool == found.pool()) {
                    one.takeIn(found.clock());
                }
            }
        }
    }

    /**
     * Returns nanoseconds, of those billed to a key, that its engines' threads have certainly used while none of its calls
     * was in flight: a lower bound that follows about a second late and never decreases.
     */
    long spinningNanos(int key) {
        return spinningNanos[key];
    }

    private void follow(List<EnginePool> now) {
        for (Iterator<Followed> all = followed.iterator(); all.hasNext(); ) {
            Followed one = all.next();
            if (!now.contains(one.pool)) {
                one.close();
                all.remove();
            }
        }
        for (EnginePool pool : now) {
            if (!open.contains(pool)) {
                followed.add(new Followed(pool));
            }
        }
        lateThreads.poolsChanged(now);
    }

    private final class Followed {

        final EnginePool pool;
        private final List<Task> tasks = new ArrayList<>();
        private @Nullable PoolDivision division;
        private final PoolSpinning spinning;
        private boolean worked;
        private int idleReadings;
        private long readNanos;
        private long besideWhenRead;

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
            this.spinning = new PoolSpinning(pool, tasks.size());
        }

        void takeIn(TaskClock clock) {
            try {
                tasks.add(new Task(clock));
                spinning.grow();
            } catch (IOException gone) {
                clock.close();
            }
        }

        void addTo(long[] cpuNanos, CallDrain drain, long besideNanos) {
            long nowNanos = drain.nanos();
            int users = pool.users();
            if (!worked && (atRest(users, nowNanos) || unused(nowNanos, besideNanos))) {
                return;
            }
            long since = readClocks();
            readNanos = nowNanos;
            besideWhenRead = besideNanos;
            worked = since > 0;
            idleReadings = worked ? 0 : idleReadings + 1;
            unbilledNanos += since;
            if (users == 1) {
                bill(0, unbilledNanos, cpuNanos);
                unbilledNanos = 0;
            } else if (users > 1) {
                divide(users, cpuNanos, drain);
            }
            spinning.addTo(spinningNanos, since, users, drain);
        }

        private void bill(int user, long nanos, long[] cpuNanos) {
            cpuNanos[pool.key(user)] += nanos;
            spinning.bill(user, nanos);
        }

        private boolean unused(long nowNanos, long besideNanos) {
            besideWhenRead = Math.min(besideWhenRead, besideNanos); // falls when what it held has been billed
            boolean nothingUnseen = besideNanos != UNKNOWN && besideNanos - besideWhenRead < UNSEEN_NANOS;
            return idleReadings >= IDLE_READINGS
                    && nowNanos - readNanos < (nothingUnseen ? LONGEST_INTERVAL_NANOS : IDLE_INTERVAL_NANOS);
        }

        private boolean atRest(int users, long nowNanos) {
            for (int user = 0; user < users; user++) {
                if (nowNanos - usedNanos[pool.key(user)] < REST_AFTER_NANOS) {
                    return false;
                }
            }
            return true;
        }

        private long readClocks() {
            long since = 0;
            for (int i = tasks.size() - 1; i >= 0; i--) {
                Task task = tasks.get(i);
                try {
                    since += task.sinceLast();
                } catch (IOException gone) {
                    task.clock.close();
                    tasks.remove(i);
                }
            }
            return since;
        }

        private void divide(int users, long[] cpuNanos, CallDrain drain) {
            PoolDivision current = division;
            if (current == null) {
                current = new PoolDivision(pool);
                division = current;
            }
            if (!current.look(users, drain, lastInFlightNanos)) {
                return; // spinning after the last call: goes with the next one
            }
            long billed = 0;
            for (int user = 0; user < users; user++) {
                long share = current.take(user, unbilledNanos);
                bill(user, share, cpuNanos);
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
            this.lastNanos = clock.nanos(); // what it did before is not the pool's: its start, or billed elsewhere
        }

        long sinceLast() throws IOException {
            long now = clock.nanos();
            long since = Math.max(0, now - lastNanos);
            lastNanos = now;
            return since;
        }
    }
}
