package io.inferwatt.exporters.http;

import io.inferwatt.core.thread.Unheard;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Two daemon threads for what takes milliseconds: pages, passwords, the arithmetic of TLS. They never touch a connection, so no
 * client can hold them, and go when there is nothing to do.
 */
final class Workers implements AutoCloseable {

    private static final int WORKERS = 2;
    /** Each connection has one task at a time, so with the connections bounded this is never full. */
    private static final int QUEUE = 256;

    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor executor;

    /**
     * Starts no thread yet.
     *
     * @param onStart told of each thread, on that thread, when it starts
     */
    Workers(Consumer<Thread> onStart) {
        executor = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                task -> daemon("inferwatt-http-worker", task, onStart));
        executor.allowCoreThreadTimeOut(true);
    }

    /** Throws {@link RejectedExecutionException} when too much waits, or after the end. */
    Future<?> work(Runnable task) {
        return executor.submit(task);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    static Thread daemon(String name, Runnable task, Consumer<Thread> onStart) {
        Thread thread = new Thread(null, telling(onStart, task), name, 0, false);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(Unheard.OF_ALL);
        thread.setContextClassLoader(Workers.class.getClassLoader());
        return thread;
    }

    /** Returns a task that tells of its thread before it begins. */
    static Runnable telling(Consumer<Thread> onStart, Runnable task) {
        return () -> {
            onStart.accept(Thread.currentThread());
            task.run();
        };
    }
}
