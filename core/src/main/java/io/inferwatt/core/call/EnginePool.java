package io.inferwatt.core.call;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The native threads of one session, and which root calls used it. Usually one key uses a session; up to
 * {@value #TOLD_APART} are told apart, by number of uses.
 */
public final class EnginePool {

    /** Most keys that are told apart; a fifth user of a session stays unknown. */
    public static final int TOLD_APART = 4;

    private static final int NOBODY = -1;

    private final EnginePools owner;
    private final int[] threadIds;
    private final int[] keys = {NOBODY, NOBODY, NOBODY, NOBODY};
    private final AtomicLongArray uses = new AtomicLongArray(TOLD_APART);
    private volatile int told;

    EnginePool(EnginePools owner, int[] threadIds) {
        this.owner = owner;
        this.threadIds = threadIds;
    }

    /** Tells that a call uses this session, so that the pool's processor time is billed to that call's root. */
    public void usedBy(InferenceCall call) {
        if (threadIds.length == 0) {
            return;
        }
        int key = call.root().key;
        int known = told;
        for (int i = 0; i < known; i++) {
            if (keys[i] == key) {
                if (known > 1) {
                    uses.getAndIncrement(i);
                }
                return;
            }
        }
        add(key);
    }

    private synchronized void add(int key) {
        int known = told;
        for (int i = 0; i < known; i++) {
            if (keys[i] == key) {
                return;
            }
        }
        if (known < TOLD_APART) {
            keys[known] = key;
            uses.getAndIncrement(known);
            told = known + 1;
        }
    }

    /** The session is closed and its threads are gone. */
    public void close() {
        owner.remove(this);
    }

    /** Returns the kernel's ids of the pool's threads. */
    public int[] threadIds() {
        return threadIds.clone();
    }

    /** Returns how many keys used this session; they are told apart by {@link #key} and {@link #uses}. */
    public int users() {
        return told;
    }

    /** Returns whether nobody but the {@link #users} can have used this session. */
    public boolean knowsAllUsers() {
        return told < TOLD_APART;
    }

    public int key(int user) {
        return keys[user];
    }

    /** Returns a count of uses that never decreases; it stands still while there is only one user. */
    public long uses(int user) {
        return uses.get(user);
    }
}
