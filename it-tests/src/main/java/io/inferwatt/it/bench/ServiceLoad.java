package io.inferwatt.it.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Load on one model of the service, of two kinds. A request that fails ends it. */
record ServiceLoad(URI service, PreparedRequests requests) {

    /** So many that one is free whenever a request is due, unless the service is far behind. */
    private static final int OPEN_CONNECTIONS = 16;

    private static final Duration CONNECTING = Duration.ofMillis(200);

    /** Answers on all connections and how long that took. */
    record Answers(long count, double seconds) {

        double perSecond() {
            return count / seconds;
        }
    }

    /**
     * Each connection asks again as soon as it has its answer.
     *
     * @param connections as many requests are under way all the time
     */
    Answers closedLoop(int connections, Duration duration) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        List<Integer> counts = onConnections(connections, connection -> {
            int answered = 0;
            while (System.nanoTime() - end < 0) {
                connection.ask(requests.get(answered));
                answered++;
            }
            return answered;
        });
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Answers(counts.stream().mapToLong(Integer::longValue).sum(), seconds);
    }

    /**
     * Requests become due in an even rhythm, whether those before are answered or not. Returns the time from the moment at which
     * each was due to the end of its answer, in milliseconds: waiting for a connection is waiting too, else a service that stalls
     * would look better the longer it does so.
     */
    Figures openLoop(double requestsPerSecond, Duration duration) throws IOException, InterruptedException {
        long begin = System.nanoTime() + CONNECTING.toNanos();
        int count = (int) (requestsPerSecond * duration.toNanos() / 1e9);
        double periodNanos = 1e9 / requestsPerSecond;
        AtomicInteger next = new AtomicInteger();
        List<List<Double>> answers = onConnections(OPEN_CONNECTIONS, connection -> {
            List<Double> millis = new ArrayList<>();
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                long due = begin + (long) (i * periodNanos);
                awaitNanoTime(due);
                connection.ask(requests.get(i));
                millis.add((System.nanoTime() - due) / 1e6);
            }
            return millis;
        });
        Figures all = new Figures();
        answers.forEach(millis -> millis.forEach(all::add));
        return all;
    }

    private static void awaitNanoTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** What is done on one connection. */
    private interface Work<T> {

        T on(PreparedConnection connection) throws IOException;
    }

    private <T> List<T> onConnections(int connections, Work<T> work) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                tasks.add(() -> {
                    try (PreparedConnection connection = new PreparedConnection(service)) {
                        return work.on(connection);
                    }
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw new IOException("the load failed: " + failed.getCause(), failed);
        } finally {
            threads.shutdown();
        }
    }
}
