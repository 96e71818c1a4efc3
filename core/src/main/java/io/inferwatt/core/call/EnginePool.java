package io.inferwatt.core.call;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The native threads of one session, or of an engine whose sessions share them, and whose root calls used it. Safe from all
 * threads.
 *
 * <p>The threads are those that appeared while the session was created and, of a pool that {@linkplain #grows grows}, those
 * that the sampler found later.
 */
public final class EnginePool {

    private static final int[] NO_THREADS = {};

    private final EnginePools owner;
    private final String threadName;
    private final int @Nullable [] elderIds;
    private final int firstThreads;
    private final int lateThreads;
    private volatile int[] threadIds;

    /** Read without a lock: who misses a user of another thread adds it once more, which changes nothing. */
    private final boolean[] isUser = new boolean[KeyTable.CAPACITY];

    private final int[] keys = new int[KeyTable.CAPACITY];
    private final AtomicIntegerArray uses = new AtomicIntegerArray(KeyTable.CAPACITY);
    private volatile int users;

    EnginePool(EnginePools owner, String threadName, int[] threadIds, int @Nullable [] elderIds, int lateThreads) {
        this.owner = owner;
        this.threadName = threadName;
        this.threadIds = threadIds.length == 0 ? NO_THREADS : threadIds;
        this.elderIds = elderIds;
        this.firstThreads = threadIds.length;
        this.lateThreads = lateThreads;
    }

    /** Tells that a call uses this session, so that the pool's processor time is billed to that call's root. */
    public void usedBy(InferenceCall call) {
        if (threadIds.length == 0) {
            return; // small models compute on the calling thread alone
        }
        int key = call.root().key;
        if (!isUser[key]) {
            add(key);
        }
        if (users > 1) { // else there is nothing to divide
            uses.getAndIncrement(key);
        }
    }

    private synchronized void add(int key) {
        int known = users;
        for (int i = 0; i < known; i++) {
            if (keys[i] == key) {
                return;
            }
        }
        keys[known] = key;
        users = known + 1;
        isUser[key] = true;
    }

    /** The session is closed and its threads are gone. */
    public void close() {
        owner.remove(this);
    }

    /** Returns the kernel's ids of the pool's threads. */
    public int[] threadIds() {
        return threadIds.clone();
    }

    /** For {@link EnginePools}, which holds its lock. */
    void addThread(int tid) {
        int[] known = threadIds;
        int[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = tid;
        threadIds = more;
    }

    /** Returns whether its threads may still start further ones, as they do when they first compute. */
    public boolean grows() {
        return threadIds.length - firstThreads < lateThreads;
    }

    /** Returns whether the pool's threads can have started a thread, as far as its age tells. */
    public boolean isOlderThan(int tid) {
        return elderIds != null && grows() && Arrays.binarySearch(elderIds, tid) < 0;
    }

    /** Returns the name that the pool's threads have and those that they start. */
    public String threadName() {
        return threadName;
    }

    /** Returns how many keys used this session; never decreases. */
    public int users() {
        return users;
    }

    /** Returns a count of a key's uses that stands still while it is the only user, and may wrap around. */
    public int uses(int key) {
        return uses.get(key);
    }

    /** Returns the number of the key that was the user-th to use this session. */
    public int key(int user) {
        return keys[user];
    }
}
