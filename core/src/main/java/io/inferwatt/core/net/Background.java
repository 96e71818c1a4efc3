package io.inferwatt.core.net;

import io.inferwatt.core.thread.Unheard;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One daemon thread for all that may wait for the network or a disk. It begins with the first task. A task that fails is told once and
 * goes on being called. Safe from all threads.
 */
public final class Background implements AutoCloseable {

    private static final int LONGEST_QUEUE = 1000;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** An hour of pauses. */
    private static final int MOST_TRIES = 3600;

    private final Consumer<Thread> onThread;
    private final Consumer<String> warnings;
    private @Nullable ScheduledThreadPoolExecutor executor;
    private final AtomicBoolean dropped = new AtomicBoolean();
    private boolean closed;

    /**
     * Prepares the thread without starting it.
     *
     * @param onThread told of the thread when it is made
     * @param warnings receives one line for each task that fails for the first time
     */
    public Background(Consumer<Thread> onThread, Consumer<String> warnings) {
        this.onThread = onThread;
        this.warnings = warnings;
    }

    /** Calls a task now and again; each time it says after how long the next time shall be. */
    public void again(String name, Callable<Duration> task) {
        schedule(new Repeated(name, task), Duration.ZERO, Integer.MAX_VALUE);
    }

    /** Calls a task once, after the given time. Dropped, which is told once, if very many wait already. */
    public void once(String name, Duration after, Runnable task) {
        if (!schedule(new Guarded(name, task), after, LONGEST_QUEUE) && dropped.compareAndSet(false, true)) {
            warnings.accept(
                    name + " is dropped: " + LONGEST_QUEUE + " tasks wait already; further ones are not logged");
        }
    }

    /** Returns false if as many tasks wait already. */
    private synchronized boolean schedule(Runnable task, Duration after, int longestQueue) {
        if (closed) {
            return true;
        }
        if (executor == null) {
            executor = new ScheduledThreadPoolExecutor(1, this::thread);
            executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            executor.setRemoveOnCancelPolicy(true);
        }
        if (executor.getQueue().size() >= longestQueue) {
            return false;
        }
        Future<?> unused = executor.schedule(task, after.toNanos(), TimeUnit.NANOSECONDS); // tasks tell their failures
        return true;
    }

    /** Does what memory may be short for, again after a pause until it is done; after very many it fails. The thread waits here meanwhile. */
    static void insist(Runnable step, long pauseNanos, int mostTries) {
        for (int tries = 1; ; tries++) {
            try {
                step.run();
                return;
            } catch (OutOfMemoryError full) {
                if (tries >= mostTries) {
                    throw full;
                }
            }
            LockSupport.parkNanos(pauseNanos);
            boolean unused = Thread.interrupted(); // else the next pause would be none; the end is told by a field
        }
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "inferwatt-io", 0, false);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(Unheard.OF_ALL);
        thread.setContextClassLoader(Background.class.getClassLoader());
        onThread.accept(thread);
        return thread;
    }

    /** Ends the thread; what waits is dropped, what runs is interrupted. */
    @Override
    public synchronized void close() {
        closed = true;
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    private final class Guarded implements Runnable {

        private final String name;
        private final Runnable task;

        Guarded(String name, Runnable task) {
            this.name = name;
            this.task = task;
        }

        @Override
        public void run() {
            try {
                task.run();
            } catch (Throwable broken) {
                warnings.accept(name + " failed: " + broken);
            }
        }
    }

    private final class Repeated implements Runnable {

        /** After a failure that the task itself did not foresee. */
        private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

        private final String name;
        private final Callable<Duration> task;
        private final Runnable step = this::schedule; // made now: there may be no memory for it later
        private Duration next = AFTER_FAILURE;
        private boolean told;

        Repeated(String name, Callable<Duration> task) {
            this.name = name;
            this.task = task;
        }

        @Override
        public void run() {
            next = AFTER_FAILURE;
            try {
                next = task.call();
            } catch (Throwable broken) {
                if (!told) {
                    told = true;
                    warnings.accept(name + " failed: " + broken + "; further failures are not logged");
                }
            } finally { // where memory is short even the telling fails
                insist(step, PAUSE_NANOS, MOST_TRIES);
            }
        }

        private void schedule() {
            Background.this.schedule(this, next, Integer.MAX_VALUE);
        }
    }
}
