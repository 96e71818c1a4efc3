package io.inferwatt.core.call;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The native threads of one session, and which root calls used it. Usually one key uses a session; up to
 * {@value #TOLD_APART} are told apart, by number of uses.
 *
 * <p>The threads are those that appeared while the session was created and, of a pool that {@linkplain #grows grows}, those
 * that the sampler found later.
 */
public final class EnginePool {

    /** Most keys that are told apart; a fifth user of a session stays unknown. */
    public static final int TOLD_APART = 4;

    private static final int NOBODY = -1;

    private static final int[] NO_THREADS = {};

    private final EnginePools owner;
    private final String threadName;
    private final int @Nullable [] elderIds;
    private volatile int[] threadIds;
    private final int[] keys = {NOBODY, NOBODY, NOBODY, NOBODY};
    private final AtomicLongArray uses = new AtomicLongArray(TOLD_APART);
    private volatile int told;

    EnginePool(EnginePools owner, String threadName, int[] threadIds, int @Nullable [] elderIds) {
        this.owner = owner;
        this.threadName = threadName;
        this.threadIds = threadIds.length == 0 ? NO_THREADS : threadIds;
        this.elderIds = elderIds;
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

    void addThread(int tid) {
        int[] known = threadIds;
        int[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = tid;
        threadIds = more;
    }

    /** Returns whether its threads start further ones, when they first compute. */
    public boolean grows() {
        return elderIds != null;
    }

    /** Returns whether the pool's threads can have started a thread, as far as its age tells. */
    public boolean isOlderThan(int tid) {
        return elderIds != null && Arrays.binarySearch(elderIds, tid) < 0;
    }

    /** Returns the name that the pool's threads have and those that they start. */
    public String threadName() {
        return threadName;
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
