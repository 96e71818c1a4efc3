package io.inferwatt.agent.instrumentation;

import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.InferenceCall;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that OpenMP keeps behind one Java thread. It starts them when that thread first divides work, be it to load, to
 * train or to predict, keeps them for all libraries alike and ends them with it. So they are looked for once behind each
 * calling thread, and belong to all models that it calls.
 *
 * <p>Not found are threads behind virtual threads, those that start when a call asks for more of them than the same model did
 * before at that size, those that start together with a Java thread of the same name, and those beyond the first
 * {@value #MOST_FOLLOWED} of the JVM: their work stays with the runtime. What they do for training after the first prediction
 * goes with the predictions.
 */
public final class OpenMpThreads {

    /** Each may cost the sampler an open file; a server of many threads on many processors would have ten thousands. */
    static final int MOST_FOLLOWED = 256;

    private static final int ALWAYS_LOOKED = 16;

    private static final EnginePool[] NONE = {};
    private static final ThreadLocal<OpenMpThreads> OF_THREAD = ThreadLocal.withInitial(new Creation());
    private static final @Nullable MethodHandle IS_VIRTUAL = isVirtual();

    /** Guarded by itself. */
    private static final List<Followed> FOLLOWED = new ArrayList<>();

    private EnginePool[] pools = NONE;

    /** By key, the bit length of the largest batch so far. */
    private byte[] largest = {};

    private int otherWork;
    private @Nullable Look look;
    private @Nullable Earlier earlier;

    private OpenMpThreads() {}

    /** Like {@link LibraryCalls#start(int, long)}, with this thread's OpenMP threads; the end is {@link #finish}. */
    public static InferenceCall start(LibraryCalls calls, int key, long units) {
        OpenMpThreads threads = ofThisThread();
        if (threads == null) {
            return calls.start(key, units);
        }
        // Files are read then: before the call, so that it is not the call's time.
        if (threads.mayDivideFirst(key, units) && threads.look == null) { // else the call around this one looks
            threads.look = new Look(calls);
        }
        InferenceCall call = calls.start(key, units);
        for (EnginePool pool : threads.pools) {
            pool.usedBy(call);
        }
        return call;
    }

    /** Ends a call, if there is one, that began with {@link #start} on the same thread. */
    public static void finish(LibraryCalls calls, @Nullable Object call, @Nullable Throwable error) {
        try {
            OpenMpThreads threads = ofThisThread();
            if (call != null && threads != null && threads.look != null) {
                threads.use(threads.look, (InferenceCall) call);
            }
        } finally {
            calls.finish(call, error);
        }
    }

    /**
     * Returns what {@link #afterOtherWork} takes, on the same thread. Around work that is no prediction but may start the threads, since they
     * would not be new any more at the first prediction.
     */
    public static @Nullable Object beforeOtherWork(LibraryCalls calls) {
        OpenMpThreads threads = ofThisThread();
        return threads == null || threads.found() || !threads.looksAgain() ? null : new Look(calls);
    }

    /** Remembers the threads that started since; nobody is billed for them before there is a prediction. */
    public static void afterOtherWork(@Nullable Object before) {
        OpenMpThreads threads = ofThisThread();
        if (before != null && threads != null && !threads.found()) {
            Look look = (Look) before;
            EnginePool pool = look.started();
            if (pool != null) {
                pool.close();
                threads.earlier = new Earlier(look, pool.threadIds());
            }
        }
    }

    private static @Nullable OpenMpThreads ofThisThread() {
        // They belong to the carrier then, and there may be a million virtual threads that live for one call.
        return isVirtual(Thread.currentThread()) ? null : OF_THREAD.get();
    }

    private boolean found() {
        return pools.length > 0 || earlier != null;
    }

    /** A model's first call on this thread may divide its work, and the first of a larger batch where smaller ones did not. */
    private boolean mayDivideFirst(int key, long units) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(units);
        if (key < largest.length && bits <= largest[key]) {
            return earlier != null;
        }
        if (key >= largest.length) {
            largest = Arrays.copyOf(largest, key + 1);
        }
        largest[key] = (byte) bits;
        return true;
    }

    private void use(Look since, InferenceCall call) {
        look = null;
        EnginePool before = earlier == null ? null : earlier.again();
        earlier = null;
        use(before, call);
        use(since.started(), call);
    }

    private void use(@Nullable EnginePool pool, InferenceCall call) {
        if (pool == null) {
            return;
        }
        if (follow(pool)) {
            pools = Arrays.copyOf(pools, pools.length + 1);
            pools[pools.length - 1] = pool;
            pool.usedBy(call);
        } else {
            pool.close();
        }
    }

    private static boolean follow(EnginePool pool) {
        synchronized (FOLLOWED) {
            int threads = pool.threadIds().length;
            for (Iterator<Followed> all = FOLLOWED.iterator(); all.hasNext(); ) {
                Followed one = all.next();
                if (one.hasEnded()) {
                    one.pool.close();
                    all.remove();
                } else {
                    threads += one.pool.threadIds().length;
                }
            }
            return threads <= MOST_FOLLOWED && FOLLOWED.add(new Followed(pool));
        }
    }

    /** Ever more rarely: who has not divided its work so often will hardly begin to. */
    private boolean looksAgain() {
        otherWork++;
        return otherWork <= ALWAYS_LOOKED || (otherWork & (otherWork - 1)) == 0;
    }

    private static @Nullable MethodHandle isVirtual() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException before21) {
            return null;
        }
    }

    private static boolean isVirtual(Thread thread) {
        if (IS_VIRTUAL == null) {
            return false;
        }
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable never) {
            return false;
        }
    }

    /** What there was before work that may start threads. */
    private static final class Look {

        /** The kernel keeps so much of a thread's name. */
        private static final int NAME_CHARACTERS = 15;

        private final LibraryCalls calls;
        private final Object before;
        private final long newestNamesake = newestNamesake();

        Look(LibraryCalls calls) {
            this.calls = calls;
            this.before = calls.beforeEngine();
        }

        /**
         * Returns the threads that the calling thread's work has started since; null if there are none, or if a Java thread
         * has started meanwhile that the kernel calls the same, as in the pool of a server: it must not pass for one of them.
         */
        @Nullable
        EnginePool started() {
            EnginePool pool = any();
            if (pool != null && newestNamesake() != newestNamesake) {
                pool.close();
                return null;
            }
            return pool;
        }

        @Nullable
        EnginePool any() {
            EnginePool pool = calls.engineStarted(before);
            return pool == null || pool.threadIds().length == 0 ? null : pool;
        }

        /** Returns the number of the Java thread that started last of those which the kernel calls like this one. */
        private static long newestNamesake() {
            Thread current = Thread.currentThread();
            ThreadGroup group = current.getThreadGroup();
            while (group.getParent() != null) {
                group = group.getParent();
            }
            // Twice as many: others may start meanwhile, and what does not fit is left out without a word.
            Thread[] all = new Thread[2 * group.activeCount() + NAME_CHARACTERS];
            int count = group.enumerate(all);
            long newest = 0;
            for (int i = 0; i < count; i++) {
                if (all[i].getName().regionMatches(0, current.getName(), 0, NAME_CHARACTERS)
                        || all[i].getName().equals(current.getName())) {
                    newest = Math.max(newest, all[i].getId());
                }
            }
            return newest;
        }
    }

    /** Threads that started before this Java thread made its first prediction. */
    private static final class Earlier {

        private final Look look;
        private final int[] threadIds;

        Earlier(Look look, int[] threadIds) {
            this.look = look;
            this.threadIds = threadIds;
        }

        /** Returns them as a pool, or null if others of the same name have started since that cannot be told from them. */
        @Nullable
        EnginePool again() {
            EnginePool pool = look.any();
            if (pool == null) {
                return null;
            }
            for (int id : pool.threadIds()) {
                if (Arrays.binarySearch(threadIds, id) < 0) {
                    pool.close();
                    return null;
                }
            }
            return pool;
        }
    }

    /** A pool and the Java thread it ends with. */
    private static final class Followed {

        final EnginePool pool;
        private final WeakReference<Thread> thread = new WeakReference<>(Thread.currentThread());

        Followed(EnginePool pool) {
            this.pool = pool;
        }

        boolean hasEnded() {
            Thread alive = thread.get();
            return alive == null || !alive.isAlive();
        }
    }

    private static final class Creation implements Supplier<OpenMpThreads> {

        @Override
        public OpenMpThreads get() {
            return new OpenMpThreads();
        }
    }
}
