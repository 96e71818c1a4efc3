package io.inferwatt.agent.instrumentation;

import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.EnginePools;
import io.inferwatt.core.call.InferenceCall;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the threads of OpenMP (GNU's), which starts some for each thread that calls it, when that first has enough to do,
 * and ends them with it. The first, second, fourth, eighth … call of a thread looks for them, until they are found.
 *
 * <p>What looks like one may be a Java thread that a pool of the application has just started: the kernel knows only the
 * first 15 bytes of its name, which the whole pool may share. It shows when that thread makes a call itself.
 */
public final class OpenMpThreads {

    private static final Path CURRENT = Path.of("/proc/thread-self");
    private static final int UNKNOWN = -1;
    private static final long LAST_LOOK = 1_024;
    private static final long NEVER = 0;

    private final LibraryCalls calls;

    @SuppressWarnings("ThreadLocalUsage") // one a library, which keeps it in a constant
    private final ThreadLocal<Caller> callers = new ThreadLocal<>();

    private final List<Caller> known = new ArrayList<>();

    public OpenMpThreads(LibraryCalls calls) {
        this.calls = calls;
    }

    /** To be called before each call begins; returns the threads that work for the calling one, null if not known yet. */
    public @Nullable EnginePool beforeCall() {
        Caller caller = callers.get();
        if (caller == null) {
            caller = register();
            callers.set(caller);
        }
        EnginePool workers = caller.workers;
        if (workers == null && caller.before == null && ++caller.calls == caller.nextLook) {
            caller.before = calls.beforeEngine();
        }
        return workers;
    }

    /**
     * To be called while the call has not ended yet.
     *
     * @param call null if it was no inference, but may have started the threads too
     */
    public void afterCall(@Nullable InferenceCall call) {
        Caller caller = callers.get();
        if (caller == null || caller.before == null) {
            return;
        }
        EnginePool found = calls.engineStarted(caller.before);
        caller.before = null;
        caller.nextLook = caller.nextLook < LAST_LOOK ? caller.nextLook * 2 : NEVER;
        if (found == null || found.threadIds().length == 0) {
            return;
        }
        if (!claim(caller, found)) {
            found.close();
        } else if (call != null) {
            found.usedBy(call);
        }
    }

    /** Once a thread. */
    private synchronized Caller register() {
        Caller caller = new Caller(Thread.currentThread());
        if (isVirtual()) {
            caller.nextLook = NEVER; // OpenMP sees the carrier, which changes
            return caller;
        }
        caller.id = currentId();
        forgetEnded();
        for (Caller other : known) {
            EnginePool workers = other.workers;
            if (workers != null && contains(workers, caller.id)) {
                workers.close();
                other.workers = null;
            }
        }
        known.add(caller);
        return caller;
    }

    private synchronized boolean claim(Caller caller, EnginePool found) {
        forgetEnded();
        for (Caller other : known) {
            if (contains(found, other.id)) {
                return false;
            }
        }
        caller.workers = found;
        return true;
    }

    private void forgetEnded() {
        for (int i = known.size() - 1; i >= 0; i--) {
            Thread thread = known.get(i).thread.get();
            if (thread == null || !thread.isAlive()) {
                EnginePool workers = known.remove(i).workers;
                if (workers != null) {
                    workers.close();
                }
            }
        }
    }

    private static boolean contains(EnginePool pool, int thread) {
        for (int id : pool.threadIds()) {
            if (id == thread) {
                return true;
            }
        }
        return false;
    }

    /** Before Java 21 there are none, and no method to ask. */
    private static boolean isVirtual() {
        return Thread.currentThread().getClass().getName().equals("java.lang.VirtualThread");
    }

    private static int currentId() {
        try {
            return Integer.parseInt(
                    Files.readSymbolicLink(CURRENT).getFileName().toString());
        } catch (IOException | NumberFormatException noLinux) {
            return UNKNOWN;
        }
    }

    private static final class Caller {

        final WeakReference<Thread> thread;
        int id = UNKNOWN;
        long calls;
        long nextLook = 1;
        EnginePools.@Nullable Snapshot before;
        volatile @Nullable EnginePool workers;

        Caller(Thread thread) {
            this.thread = new WeakReference<>(thread);
        }
    }
}
