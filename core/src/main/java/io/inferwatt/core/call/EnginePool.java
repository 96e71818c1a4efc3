package io.inferwatt.core.call;

/**
 * The native threads of one session, or of an engine whose sessions share them, and whose root calls used it. Safe from all
 * threads.
 */
public final class EnginePool {

    private final EnginePools owner;
    private final int[] threadIds;

    /** Read without a lock: who misses a user of another thread adds it once more, which changes nothing. */
    private final boolean[] isUser = new boolean[KeyTable.CAPACITY];

    private final int[] keys = new int[KeyTable.CAPACITY];
    private volatile int users;

    EnginePool(EnginePools owner, int[] threadIds) {
        this.owner = owner;
        this.threadIds = threadIds;
    }

    /** Tells that a call uses this session, so that the pool's processor time is billed to that call's root. */
    public void usedBy(InferenceCall call) {
        int key = call.root().key;
        if (!isUser[key]) {
            add(key);
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

    /** Returns how many keys used this session; never decreases. */
    public int users() {
        return users;
    }

    /** Returns the number of the key that was the user-th to use this session. */
    public int key(int user) {
        return keys[user];
    }
}
