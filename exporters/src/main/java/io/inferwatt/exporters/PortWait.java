package io.inferwatt.exporters;

import io.inferwatt.core.thread.SteadyThread;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tries to open a port that somebody else has, ever more rarely, until it is free or this is closed. Says nothing while it is taken: that was
 * told before. Safe from all threads.
 */
final class PortWait implements AutoCloseable {

    private static final long FIRST_PAUSE_MILLIS = 1000;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final Attempt attempt;
    private final Consumer<Throwable> givenUp;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Opens what waits for the port. */
    @FunctionalInterface
    interface Attempt {

        /**
         * Tries it once.
         *
         * @throws BindException while the port is taken
         */
        void open() throws IOException;
    }

    private PortWait(Attempt attempt, Consumer<Throwable> givenUp) {
        this.attempt = attempt;
        this.givenUp = givenUp;
    }

    /**
     * Begins to wait, on a thread of its own that ends with the waiting.
     *
     * @param givenUp told, on that thread, when another attempt would be useless
     */
    static PortWait start(Attempt attempt, Consumer<Thread> ownThreads, Consumer<Throwable> givenUp) {
        PortWait wait = new PortWait(attempt, givenUp);
        Thread thread = new SteadyThread("inferwatt-http-wait", wait::run);
        ownThreads.accept(thread);
        thread.start();
        return wait;
    }

    private void run() {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (!isClosedAfter(pauseMillis)) {
            try {
                attempt.open();
                return;
            } catch (BindException | OutOfMemoryError notNow) {
                pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
            } catch (IOException | RuntimeException | LinkageError e) {
                givenUp.accept(e);
                return;
            }
        }
    }

    private boolean isClosedAfter(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException impossible) { // by the kind of thread
            return true;
        }
    }

    /** Waits no longer; an attempt that goes on meanwhile may still open something. */
    @Override
    public void close() {
        closed.countDown();
    }
}
