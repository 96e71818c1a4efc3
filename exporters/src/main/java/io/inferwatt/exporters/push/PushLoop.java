package io.inferwatt.exporters.push;

import io.inferwatt.core.net.HttpAnswer;
import io.inferwatt.exporters.PushCounts;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The one thread of a way to push: takes the figures at even intervals and brings them to the server one after another, so that nothing
 * arrives out of order. No answer, 408, 429 and 5xx are tried again after growing pauses; what is answered with any other failure is
 * dropped, because it would fail again. The first failure is told, and the end of failing. Nothing but the end of the JVM ends the
 * thread: memory that is short for a moment is one more failure.
 */
final class PushLoop implements Runnable {

    /** From the look-up of the name to the last packet. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final Duration LONGEST_ASKED_PAUSE = Duration.ofHours(1);
    private static final long LAST_PAUSE_NANOS = 200_000_000;
    private static final long LAST_ATTEMPTS = 3;

    /** What is left at the end to say that the last figures did not arrive. */
    private static final long TELL_NANOS = 300_000_000;

    private final String setting;
    private final Route route;
    private final Target target;
    private final BodyQueue queue;
    private final PushCounts counts;
    private final Backoff backoff;
    private final long intervalNanos;
    private final Consumer<String> warnings;
    private final Consumer<String> infos;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closing;
    private boolean woken;
    private volatile long endNanos;

    private long nextTake;
    private long nextSend;
    private long failuresInARow;
    private boolean takeFailureTold;

    /** @param firstPause after the first failure; each further one doubles it */
    PushLoop(
            String setting,
            Route route,
            Target target,
            BodyQueue queue,
            PushCounts counts,
            Duration interval,
            Duration firstPause,
            Consumer<String> warnings,
            Consumer<String> infos) {
        this.setting = setting;
        this.route = route;
        this.target = target;
        this.queue = queue;
        this.counts = counts;
        this.backoff = new Backoff(firstPause.toNanos());
        this.intervalNanos = interval.toNanos();
        this.warnings = warnings;
        this.infos = infos;
        this.thread = new Thread(null, this, "inferwatt-push-" + counts.exporter(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(PushLoop.class.getClassLoader());
    }

    /** @param ownThreads told of the thread, which is the meter's own */
    void start(Consumer<Thread> ownThreads) {
        ownThreads.accept(thread);
        thread.start();
    }

    /** Begins the end: what waits and the last figures are sent until the deadline. Does not wait. */
    void beginClose(long deadlineNanos) {
        lock.lock();
        try {
            endNanos = deadlineNanos - TELL_NANOS;
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the end; a request that hangs is broken off early enough to leave time for one more. */
    void awaitClose() throws InterruptedException {
        long half = (endNanos - System.nanoTime()) / 2;
        join(half);
        if (thread.isAlive()) {
            thread.interrupt();
            join(endNanos + TELL_NANOS - System.nanoTime());
        }
    }

    private void join(long nanos) throws InterruptedException {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        if (millis > 0) {
            thread.join(millis);
        }
    }

    /** Wakes the thread: there is something new in its queue. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            pushUntilClosed();
            pushLast();
        } catch (Throwable broken) {
            tellMissing(broken);
        }
    }

    private void tellMissing(Throwable cause) {
        try {
            warnings.accept(setting + ": the last figures may be missing (" + cause + ")");
        } catch (Throwable untold) {
            // It would meet the uncaught exception handler of the application.
        }
    }

    private void pushUntilClosed() {
        nextTake = System.nanoTime();
        nextSend = nextTake;
        long wait;
        do {
            try {
                wait = turn();
            } catch (Throwable broken) { // where memory is short even the telling of a failure fails
                counts.countFailed();
                wait = backoff.afterFailure(0);
            }
        } while (!await(wait));
    }

    /** Takes and sends what is due, and returns for how long nothing is. */
    private long turn() {
        long now = System.nanoTime();
        if (now - nextTake >= 0) {
            long missed = (now - nextTake) / intervalNanos;
            nextTake += intervalNanos * (missed + 1); // before taking: that may fail
            take();
        }
        while (now - nextSend >= 0 && queue.size() > 0 && !isClosing()) {
            long pause = sendFirst(DEADLINE);
            now = System.nanoTime();
            nextSend = now + pause;
        }
        long wait = nextTake - now;
        return queue.size() > 0 ? Math.min(wait, nextSend - now) : wait;
    }

    private boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the end has begun. A request may have been broken off for it, so the mark of that is taken away. */
    private boolean await(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!closing && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            return closing;
        } catch (InterruptedException ending) {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    private void take() {
        try {
            byte[] body = route.take();
            if (body != null) {
                queue.add(body);
            }
            takeFailureTold = false;
        } catch (Throwable e) {
            cannotWrite(e);
        }
    }

    private void cannotWrite(Throwable cause) {
        counts.countFailed();
        if (!takeFailureTold) {
            warnings.accept(
                    setting + ": the metrics could not be written (" + cause + "); further failures are only counted");
            takeFailureTold = true;
        }
    }

    /** Returns for how long nothing is sent now. */
    private long sendFirst(Duration deadline) {
        byte[] body = queue.poll();
        return body == null ? 0 : send(body, deadline);
    }

    private long send(byte[] body, Duration deadline) {
        HttpAnswer answer;
        try {
            answer = target.authorized(route.request(body)).send(deadline);
        } catch (Throwable none) {
            queue.putBack(body);
            return failed(none.getMessage() == null ? none.toString() : none.getMessage(), 0);
        }
        if (answer.isOk()) {
            counts.countDone();
            succeeded();
            return 0;
        }
        return refused(body, answer);
    }

    private long refused(byte[] body, HttpAnswer answer) {
        int status = answer.status();
        long asked = Math.min(answer.retryAfterSeconds(), LONGEST_ASKED_PAUSE.toSeconds());
        if (status == 408 || status == 429 || status >= 500) {
            queue.putBack(body);
            return failed("it answered " + status, TimeUnit.SECONDS.toNanos(asked));
        }
        counts.countDropped();
        route.refused(body);
        long pause = failed("it answered " + status + meaning(status), 0);
        // These speak of the one body, so the next may pass; all others speak of address or credentials.
        return status == 400 || status == 409 || status == 413 || status == 422 ? 0 : pause;
    }

    private static String meaning(int status) {
        return switch (status) {
            case 400, 409, 422 -> ", it does not take these figures";
            case 401, 403 -> ", see auth_file";
            case 404, 405 -> ", see the address";
            default -> "";
        };
    }

    private long failed(String why, long askedNanos) {
        counts.countFailed();
        long pause = backoff.afterFailure(askedNanos);
        if (failuresInARow == 0) {
            warnings.accept(setting + ": " + target.host() + " did not take the metrics: " + why
                    + "; tried again, further failures are only counted");
        }
        failuresInARow++;
        return pause;
    }

    private void succeeded() {
        backoff.reset();
        if (failuresInARow > 0) {
            infos.accept(setting + ": " + target.host() + " takes the metrics again, after " + failuresInARow
                    + (failuresInARow == 1 ? " failure" : " failures"));
            failuresInARow = 0;
        }
    }

    private void pushLast() {
        boolean unused = Thread.interrupted(); // what hung was broken off; what follows has its own deadline
        try {
            route.last(queue);
        } catch (Throwable e) {
            cannotWrite(e); // what waits already is sent all the same
        }
        for (int attempt = 1; attempt <= LAST_ATTEMPTS && queue.size() > 0; attempt++) {
            while (queue.size() > 0) {
                long left = endNanos - System.nanoTime();
                if (left <= 0 || sendFirst(Duration.ofNanos(left)) > 0) {
                    break;
                }
            }
            if (queue.size() > 0 && !pauseBeforeLastAttempt()) {
                break;
            }
        }
        if (queue.size() > 0) {
            warnings.accept(setting + ": the last figures did not reach " + target.host() + " before the JVM ended");
        }
    }

    private boolean pauseBeforeLastAttempt() {
        if (endNanos - System.nanoTime() < LAST_PAUSE_NANOS) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(LAST_PAUSE_NANOS);
            return true;
        } catch (InterruptedException hurried) {
            return endNanos - System.nanoTime() > 0;
        }
    }
}
