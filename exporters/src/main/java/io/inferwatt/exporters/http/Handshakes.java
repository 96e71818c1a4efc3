package io.inferwatt.exporters.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of TLS' handshakes, which anybody can ask for before showing a password: one after the other, with a rest as long as the
 * work in between. So it takes one of the workers at most, half of a processor, and pages keep the other. Safe from all
 * threads.
 */
final class Handshakes {

    private final Workers workers;
    private final Queue<FutureTask<?>> waiting = new ArrayDeque<>();
    private boolean busy;

    Handshakes(Workers workers) {
        this.workers = workers;
    }

    /** Does a task when those before it are done; throws {@link RejectedExecutionException} as the workers do. */
    Future<?> work(Runnable task) {
        FutureTask<?> future = new FutureTask<>(task, null);
        if (enqueue(future)) {
            try {
                Future<?> unused = workers.work(this::drain); // each task keeps its own failure
            } catch (RejectedExecutionException e) {
                giveUp(future);
                throw e;
            }
        }
        return future;
    }

    /** Returns whether somebody has to be found to do it. */
    private synchronized boolean enqueue(FutureTask<?> task) {
        waiting.add(task);
        boolean idle = !busy;
        busy = true;
        return idle;
    }

    private synchronized void giveUp(FutureTask<?> task) {
        waiting.remove(task);
        busy = false;
    }

    private synchronized @Nullable FutureTask<?> next() {
        FutureTask<?> next = waiting.poll();
        busy = next != null;
        return next;
    }

    private void drain() {
        for (FutureTask<?> task = next(); task != null; task = next()) {
            long begin = System.nanoTime();
            task.run(); // nothing, if its connection has gone
            LockSupport.parkNanos(System.nanoTime() - begin);
        }
    }
}
