package io.inferwatt.core.call;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the native threads that an engine starts while a session is created, so that their work is the session's own.
 * {@link java.lang.management.ThreadMXBean} does not see them; with two threads a session does half of its work there.
 *
 * <p>They are the threads that appear between two looks and carry the name of the thread that creates the session: the
 * kernel hands the name down, and Java threads get one of their own. Safe from all threads.
 */
public final class EnginePools {

    private final NativeThreads threads;
    private final Set<Integer> claimed = ConcurrentHashMap.newKeySet();
    private volatile List<EnginePool> open = List.of();

    /** Weak, since of a session that failed to open nobody tells. */
    private final Set<Snapshot> underWay = Collections.newSetFromMap(new WeakHashMap<>());

    EnginePools(Path procRoot) {
        this.threads = new NativeThreads(procRoot);
    }

    static EnginePools ofThisProcess() {
        return new EnginePools(Path.of("/proc"));
    }

    /** Takes note of the threads there are. Call before the engine creates its threads; costs some 10 microseconds. */
    public Snapshot beforeCreation() {
        Snapshot before = new Snapshot(threads.ids());
        synchronized (underWay) {
            underWay.add(before);
        }
        return before;
    }

    /** Returns the pool of native threads that appeared since on behalf of the calling thread; perhaps an empty one. */
    public EnginePool afterCreation(Snapshot before) {
        return afterCreation(before, 0);
    }

    /**
     * Returns the pool of native threads that appeared since on behalf of the calling thread; perhaps an empty one.
     *
     * @param late how many further ones these will start at most when they first compute, which are the session's own as well;
     *     the better known, the sooner they are told from those of other sessions
     */
    public EnginePool afterCreation(Snapshot before, int late) {
        String creator = threads.currentName();
        int[] now = threads.ids();
        int[] own = new int[now.length];
        int count = 0;
        for (int tid : now) {
            // Claimed by one session only, should two be created at once by threads of one name.
            if (Arrays.binarySearch(before.ids, tid) < 0 && threads.name(tid).equals(creator) && claimed.add(tid)) {
                own[count++] = tid;
            }
        }
        synchronized (underWay) {
            underWay.remove(before);
        }
        EnginePool pool = new EnginePool(this, creator, Arrays.copyOf(own, count), late > 0 ? now : null, late);
        if (count > 0) {
            add(pool);
        }
        return pool;
    }

    private synchronized void add(EnginePool pool) {
        List<EnginePool> more = new ArrayList<>(open);
        more.add(pool);
        open = List.copyOf(more);
    }

    synchronized void remove(EnginePool pool) {
        List<EnginePool> fewer = new ArrayList<>(open);
        if (fewer.remove(pool)) {
            open = List.copyOf(fewer);
            for (int tid : pool.threadIds()) {
                claimed.remove(tid);
            }
        }
    }

    /** Returns whether a session is being created, so that it is not known yet whose threads new ones are. */
    public boolean isAnyUnderWay() {
        synchronized (underWay) {
            return !underWay.isEmpty();
        }
    }

    /** Adds a thread to a pool; false if it belongs to another one, or the pool is closed. */
    public synchronized boolean claim(int tid, EnginePool pool) {
        if (!open.contains(pool) || !claimed.add(tid)) {
            return false;
        }
        pool.addThread(tid);
        return true;
    }

    /** Returns whether a thread belongs to a pool. */
    public boolean isClaimed(int tid) {
        return claimed.contains(tid);
    }

    /** Returns the kernel's ids of all threads of this process, ascending. */
    public int[] threadIds() {
        return threads.ids();
    }

    /** Returns the kernel's name of a thread, or an empty string if it has ended. */
    public String threadName(int tid) {
        return threads.name(tid);
    }

    /** Returns the open pools that have threads, for the sampler: the same list until one is opened or closed. */
    public List<EnginePool> open() {
        return open;
    }

    /** Returns the folder of the proc file system that describes a thread. */
    public Path folder(int tid) {
        return threads.folder(tid);
    }

    /** Threads of this process at one moment. */
    public static final class Snapshot {

        private final int[] ids;

        Snapshot(int[] ids) {
            this.ids = ids;
        }
    }
}
