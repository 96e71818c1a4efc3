package io.inferwatt.agent.instrumentation;

import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.InferenceCall;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The threads that OpenMP keeps behind one Java thread. It starts them when that thread first divides work, be it to load, to
 * train or to predict, keeps them for all libraries alike and ends them with it. So they are looked for once behind each
 * calling thread, and belong to all models that it calls.
 *
 * <p>Not found are threads behind virtual threads, those that start when a call asks for more of them than the same model did
 * before at that size, and those beyond the first {@value #MOST_FOLLOWED} of the JVM: their work stays with the runtime. What
 * they do for training after the first prediction goes with the predictions.
 *
 * <p>What looks like one may be a Java thread that a pool of the application has just started: the kernel knows only the
 * first 15 bytes of its name, which the whole pool may share. It shows when that thread makes a call itself.
 */
public final class OpenMpThreads {

    /** Each may cost the sampler an open file; a server of many threads on many processors would have ten thousands. */
    static final int MOST_FOLLOWED = 256;

    private static final int ALWAYS_LOOKED = 16;

    private static final EnginePool[] NONE = {};
    private static final ThreadLocal<OpenMpThreads> OF_THREAD = ThreadLocal.withInitial(new Creation());
    private static final @Nullable MethodHandle IS_VIRTUAL = isVirtual();

    private static final Path CURRENT = Path.of("/proc/thread-self");
    private static final int UNKNOWN = -1;

    /** Guarded by itself. */
    private static final List<Followed> FOLLOWED = new ArrayList<>();

    /** Java threads that make calls, by the kernel's id; guarded by {@link #FOLLOWED}. */
    private static final Map<Integer, WeakReference<Thread>> CALLERS = new HashMap<>();

    private EnginePool[] pools = NONE;

    /** By key, the bit length of the largest batch so far. */
    private byte[] largest = {};

    private int otherWork;
    private @Nullable Object before;
    private @Nullable Earlier earlier;

    private OpenMpThreads() {}

    /** Like {@link LibraryCalls#start(int, long)}, with this thread's OpenMP threads; the end is {@link #finish}. */
    public static InferenceCall start(LibraryCalls calls, int key, long units) {
        OpenMpThreads threads = ofThisThread();
        if (threads == null) {
            return calls.start(key, units);
        }
        // Files are read then: before the call, so that it is not the call's time.
        threads.before = threads.mayDivideFirst(key, units) ? calls.beforeEngine() : null;
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
            if (call != null && threads != null && threads.before != null) {
                threads.look(calls, (InferenceCall) call);
            }
        } finally {
            calls.finish(call, error);
        }
    }

    /**
     * Returns what {@link #afterOtherWork} takes. Around work that is no prediction but may start the threads, since they
     * would not be new any more at the first prediction.
     */
    public static @Nullable Object beforeOtherWork(LibraryCalls calls) {
        OpenMpThreads threads = ofThisThread();
        return threads == null || threads.found() || !threads.looksAgain() ? null : calls.beforeEngine();
    }

    /** Remembers the threads that started since; nobody is billed for them before there is a prediction. */
    public static void afterOtherWork(LibraryCalls calls, @Nullable Object before) {
        OpenMpThreads threads = ofThisThread();
        if (before != null && threads != null && !threads.found()) {
            EnginePool pool = calls.engineStarted(before);
            if (pool != null && pool.threadIds().length > 0) {
                pool.close();
                threads.earlier = new Earlier(before, pool.threadIds());
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

    private void look(LibraryCalls calls, InferenceCall call) {
        EnginePool pool = earlier == null ? null : earlier.again(calls);
        earlier = null;
        if (pool != null) {
            use(pool, call);
        }
        pool = calls.engineStarted(before);
        before = null;
        if (pool != null && pool.threadIds().length > 0) {
            use(pool, call);
        }
    }

    private void use(EnginePool pool, InferenceCall call) {
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
            CALLERS.values().removeIf(caller -> hasEnded(caller.get()));
            int threads = pool.threadIds().length;
            for (int id : pool.threadIds()) {
                if (CALLERS.containsKey(id)) {
                    return false;
                }
            }
            for (Iterator<Followed> all = FOLLOWED.iterator(); all.hasNext(); ) {
                Followed one = all.next();
                if (hasEnded(one.thread.get())) {
                    one.pool.close();
                    all.remove();
                } else {
                    threads += one.pool.threadIds().length;
                }
            }
            return threads <= MOST_FOLLOWED && FOLLOWED.add(new Followed(pool));
        }
    }

    private static boolean hasEnded(@Nullable Thread thread) {
        return thread == null || !thread.isAlive();
    }

    /** Once a thread: it calls, so it is none of OpenMP's, whatever it was taken for. */
    private static void register() {
        int id = currentId();
        synchronized (FOLLOWED) {
            CALLERS.put(id, new WeakReference<>(Thread.currentThread()));
            for (Iterator<Followed> all = FOLLOWED.iterator(); all.hasNext(); ) {
                Followed one = all.next();
                if (IntStream.of(one.pool.threadIds()).anyMatch(worker -> worker == id)) {
                    one.pool.close();
                    all.remove();
                }
            }
        }
    }

    private static int currentId() {
        try {
            return Integer.parseInt(
                    Files.readSymbolicLink(CURRENT).getFileName().toString());
        } catch (IOException | NumberFormatException noLinux) {
            return UNKNOWN;
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

    /** Threads that started before this Java thread made its first prediction. */
    private static final class Earlier {

        private final Object before;
        private final int[] threadIds;

        Earlier(Object before, int[] threadIds) {
            this.before = before;
            this.threadIds = threadIds;
        }

        /** Returns them as a pool, or null if others of the same name have started since that cannot be told from them. */
        @Nullable
        EnginePool again(LibraryCalls calls) {
            EnginePool pool = calls.engineStarted(before);
            if (pool == null || pool.threadIds().length == 0) {
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
    }

    private static final class Creation implements Supplier<OpenMpThreads> {

        @Override
        public OpenMpThreads get() {
            register();
            return new OpenMpThreads();
        }
    }
}
