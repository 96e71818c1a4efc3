package io.inferwatt.it.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gathers the requests of many clients: a worker takes what has come within {@value #LONGEST_WAIT_MILLIS} ms, at most {@value
 * #LARGEST}, and computes it as one batch. Safe from all threads.
 */
public final class Batcher implements AutoCloseable {

    private static final int LARGEST = 16;
    private static final long LONGEST_WAIT_MILLIS = 10;

    /** Computes a batch; as many answers as texts, in their order. */
    interface Model {

        List<float[]> answer(List<String> texts) throws Exception;
    }

    private record Job(String text, CompletableFuture<float[]> answer) {}

    private final Model model;
    private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
    private final List<Thread> workers = new ArrayList<>();
    private final AtomicLong batches = new AtomicLong();

    Batcher(Model model, int workerCount) {
        this.model = model;
        for (int i = 0; i < workerCount; i++) {
            Thread worker = new Thread(this::work, "batch-worker-" + i);
            worker.start();
            workers.add(worker);
        }
    }

    CompletableFuture<float[]> submit(String text) {
        CompletableFuture<float[]> answer = new CompletableFuture<>();
        queue.add(new Job(text, answer));
        return answer;
    }

    /** Returns how many batches were computed. */
    long batches() {
        return batches.get();
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                runBatch(gather());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Job> gather() throws InterruptedException {
        List<Job> jobs = new ArrayList<>();
        jobs.add(queue.take());
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS);
        while (jobs.size() < LARGEST) {
            Job next = queue.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            jobs.add(next);
        }
        return jobs;
    }

    private void runBatch(List<Job> jobs) {
        batches.incrementAndGet();
        List<String> texts = new ArrayList<>();
        jobs.forEach(job -> texts.add(job.text()));
        try {
            List<float[]> answers = model.answer(texts);
            for (int i = 0; i < jobs.size(); i++) {
                jobs.get(i).answer().complete(answers.get(i));
            }
        } catch (Exception failure) {
            jobs.forEach(job -> job.answer().completeExceptionally(failure));
        }
    }

    @Override
    public void close() {
        workers.forEach(Thread::interrupt);
    }
}
