package io.inferwatt.it.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Users who ask the service over real HTTP, in a closed loop. Each text goes to every model in turn, so that all models
 * answer the same texts and their figures can be compared.
 */
final class LoadGenerator implements AutoCloseable {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final long LEAST_REST_AFTER_FAILURE_NANOS =
            Duration.ofMillis(200).toNanos();

    private final URI service;
    private final List<String> models;
    private final Pace pace;
    private final HttpClient client;
    private final long deadlineNanos;
    private final CountDownLatch usersLeft;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
    private volatile boolean stopped;

    private LoadGenerator(URI service, List<String> models, Pace pace, HttpClient client) {
        this.service = service;
        this.models = List.copyOf(models);
        this.pace = pace;
        this.client = client;
        deadlineNanos = System.nanoTime() + pace.duration().toNanos();
        usersLeft = new CountDownLatch(pace.users());
    }

    /** Starts the users; they end by themselves. */
    static LoadGenerator start(URI service, List<String> models, Pace pace, HttpClient client) {
        LoadGenerator load = new LoadGenerator(service, models, pace, client);
        for (int user = 0; user < pace.users(); user++) {
            Random random = new Random(user);
            Thread thread = new Thread(() -> load.run(random), "user-" + user);
            thread.setDaemon(true);
            thread.start();
        }
        return load;
    }

    /** Returns how many requests were answered with a vector. */
    long answered() {
        return answered.get();
    }

    long failed() {
        return failed.get();
    }

    /** Returns what went wrong first, if anything did. */
    @Nullable
    String firstFailure() {
        return firstFailure.get();
    }

    /** Waits for the end, at most that long; returns whether it was reached. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return usersLeft.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Lets the users end after the answer that they wait for. */
    @Override
    public void close() {
        stopped = true;
    }

    private void run(Random random) {
        try {
            int turn = 0;
            while (goesOn()) {
                String text = Corpus.text(random);
                for (int i = 0; i < models.size() && goesOn(); i++) {
                    ask(models.get((turn + i) % models.size()), text);
                }
                turn++;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            usersLeft.countDown();
        }
    }

    private boolean goesOn() {
        return !stopped && System.nanoTime() - deadlineNanos < 0 && asked.get() < pace.mostRequests();
    }

    private void ask(String model, String text) throws InterruptedException {
        asked.incrementAndGet();
        long startNanos = System.nanoTime();
        HttpRequest request = HttpRequest.newBuilder(URI.create(service + "?model=" + model))
                .timeout(REQUEST_TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        long leastRestNanos = 0;
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                answered.incrementAndGet();
            } else {
                fail(model + ": status " + response.statusCode() + ", " + response.body());
                leastRestNanos = LEAST_REST_AFTER_FAILURE_NANOS;
            }
        } catch (IOException unreachable) {
            fail(model + ": " + unreachable);
            leastRestNanos = LEAST_REST_AFTER_FAILURE_NANOS;
        }
        long restNanos = (long) (pace.restPerAnswer() * (System.nanoTime() - startNanos));
        TimeUnit.NANOSECONDS.sleep(Math.max(restNanos, leastRestNanos));
    }

    private void fail(String reason) {
        failed.incrementAndGet();
        firstFailure.compareAndSet(null, reason);
    }
}
