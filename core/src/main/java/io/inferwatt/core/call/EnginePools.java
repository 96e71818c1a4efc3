package io.inferwatt.core.call;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the native threads that an engine starts while a session is created, so that their work is the session's own.
 * {@link java.lang.management.ThreadMXBean} does not see them; with two threads a session does half of its work there.
 *
 * <p>They are the threads that appear between two looks and carry the name of the thread that creates the session: the
 * kernel hands the name down, and Java threads get one of their own. Safe from all threads.
 */
public final class EnginePools {

    private static final int[] NO_THREADS = {};

    private final NativeThreads threads;
    private final Set<Integer> claimed = ConcurrentHashMap.newKeySet();
    private volatile List<EnginePool> open = List.of();

    EnginePools(Path procRoot) {
        this.threads = new NativeThreads(procRoot);
    }

    static EnginePools ofThisProcess() {
        return new EnginePools(Path.of("/proc"));
    }

    /** Takes note of the threads there are. Call before the engine creates its threads; costs some 10 microseconds. */
    public Snapshot beforeCreation() {
        return new Snapshot(threads.ids());
    }

    /** Returns the pool of native threads that appeared since on behalf of the calling thread; perhaps an empty one. */
    public EnginePool afterCreation(Snapshot before) {
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
        EnginePool pool = new EnginePool(this, count == 0 ? NO_THREADS : Arrays.copyOf(own, count));
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
