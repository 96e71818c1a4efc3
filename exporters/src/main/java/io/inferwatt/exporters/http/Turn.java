package io.inferwatt.exporters.http;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time do something, and never waits for one that is no more. Where a JVM has no memory to make objects anew that
 * compiled code had done away with, it leaves methods past their {@code finally}: a lock of {@code java.util.concurrent} would stay
 * taken for good then. Not to be taken by a thread that has it. Safe from all threads.
 */
public final class Turn {

    private @Nullable Thread holder;

    /**
     * Takes the turn, and waits for it if need be.
     *
     * @return false if that took too long
     */
    synchronized boolean take(long longestSeconds) throws InterruptedException {
        Thread current = Thread.currentThread();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(longestSeconds);
        while (holder != null && holder != current && holder.isAlive()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        holder = current;
        return true;
    }

    /** Gives the turn to the next one. */
    synchronized void give() {
        holder = null;
        notifyAll();
    }
}
