package io.inferwatt.exporters.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs requests on two daemon threads and interrupts those that hold one for too long.
 *
 * <p>The JDK's server reads a request on the worker with blocking channels and knows deadlines only as properties of the
 * whole JVM, which are the application's business. An interrupt closes the channel that its thread waits on, so the
 * worker is free again and the client sees the connection end. A request that is still being read has
 * {@link Patience#alone()} while nobody waits and {@link Patience#crowded()} otherwise: on loopback whole requests
 * arrive at once, so this hits senders of half requests. Threads go when there is nothing to do.
 */
final class RequestWorkers implements Executor, AutoCloseable {

    private static final int WORKERS = 2;
    private static final int QUEUE = 32;
    private static final int IDLE_SECONDS = 10;

    private static final ThreadLocal<@Nullable Watched> CURRENT = new ThreadLocal<>();

    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor watch;
    private final Patience patience;

    /**
     * Starts no thread yet.
     *
     * @param onStart told of each thread, on that thread, when it starts
     */
    RequestWorkers(Patience patience, Consumer<Thread> onStart) {
        this.patience = patience;
        workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                daemons("inferwatt-http", onStart));
        workers.allowCoreThreadTimeOut(true);
        watch = new ScheduledThreadPoolExecutor(1, daemons("inferwatt-http-watch", onStart));
        watch.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        watch.allowCoreThreadTimeOut(true);
        watch.setRemoveOnCancelPolicy(true);
    }

    /** Throws {@link java.util.concurrent.RejectedExecutionException} when too many wait; the server closes that connection. */
    @Override
    public void execute(Runnable request) {
        workers.execute(new Watched(request));
    }

    /** Tells that the present request was read completely, so that from now on only the time to answer counts. */
    void answering() {
        Watched watched = CURRENT.get();
        if (watched != null) {
            watched.answering();
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        watch.shutdownNow();
    }

    private static ThreadFactory daemons(String name, Consumer<Thread> onStart) {
        return task -> {
            Runnable told = () -> {
                onStart.accept(Thread.currentThread());
                task.run();
            };
            Thread thread = new Thread(null, told, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(RequestWorkers.class.getClassLoader());
            return thread;
        };
    }

    /**
     * Milliseconds after which a request loses its worker.
     *
     * @param alone reading while no other request waits
     * @param crowded reading while others wait
     * @param answering answering
     * @param look between two looks
     */
    record Patience(long alone, long crowded, long answering, long look) {

        static final Patience DEFAULT = new Patience(3000, 200, 3000, 100);
    }

    private final class Watched implements Runnable {

        private final Runnable request;
        private @Nullable Thread thread;
        private boolean read;
        private long sinceNanos;

        Watched(Runnable request) {
            this.request = request;
        }

        @Override
        public void run() {
            begin();
            Future<?> looks =
                    watch.scheduleWithFixedDelay(this::look, patience.look(), patience.look(), TimeUnit.MILLISECONDS);
            try {
                request.run();
            } finally {
                looks.cancel(false);
                end();
            }
        }

        private synchronized void begin() {
            thread = Thread.currentThread();
            sinceNanos = System.nanoTime();
            CURRENT.set(this);
        }

        private synchronized void answering() {
            read = true;
            sinceNanos = System.nanoTime();
        }

        private synchronized void end() {
            thread = null;
            CURRENT.remove();
            // An interrupt that came too late must not hit the next request of this worker.
            Thread.interrupted();
        }

        private synchronized void look() {
            Thread busy = thread;
            if (busy != null && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos) >= limit()) {
                busy.interrupt();
            }
        }

        private long limit() {
            if (read) {
                return patience.answering();
            }
            return workers.getQueue().isEmpty() ? patience.alone() : patience.crowded();
        }
    }
}
