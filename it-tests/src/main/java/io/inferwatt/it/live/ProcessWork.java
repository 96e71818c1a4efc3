package io.inferwatt.it.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Processor time of a process, of its models and of all the rest, from the kernel's account of each thread and what the
 * application tells of its own. For one thread.
 */
final class ProcessWork {

    /** Listing all threads costs as much as reading some 20 of them; a new one's time is all there when it is found. */
    private static final int LIST_EVERY = 5;

    private final NativeTasks tasks;
    private final Map<Integer, Task> open = new HashMap<>();
    private final List<Worker> workers = new ArrayList<>();
    private final long beforeNanos;
    private long endedNanos;
    private long totalNanos;
    private int reads;

    ProcessWork(long pid) {
        this.tasks = NativeTasks.of(pid);
        readTasks(true);
        beforeNanos = totalNanos;
    }

    /** Tells which threads are the models', and where those that call them publish their calls. */
    void assign(List<ModelThread> threads, CallBoard board) {
        list();
        for (ModelThread thread : threads) {
            Task task = open.get(thread.tid());
            if (task == null) {
                throw new IllegalArgumentException("the process has no thread " + thread.tid());
            }
            task.owned = true;
            workers.add(new Worker(thread, task, board));
        }
    }

    /**
     * Reads the models' clocks.
     *
     * @param restToo whether to read all others as well
     */
    void read(boolean restToo) {
        // Before the others: the time of a caller is of use only while what it published still holds.
        for (Worker worker : workers) {
            worker.read();
        }
        readTasks(restToo);
    }

    /** Returns nanoseconds since this process is followed, ended threads included. */
    long totalNanos() {
        return totalNanos - beforeNanos;
    }

    /** Adds the nanoseconds of each model. */
    void addModelsTo(long[] nanos) {
        for (Worker worker : workers) {
            nanos[worker.thread.model()] += worker.nanos;
        }
    }

    /** Returns whether the clocks are exact, also of threads that run. */
    boolean isExact() {
        return open.values().stream().allMatch(task -> task.exact != null);
    }

    /** Returns by how much processor time the account of a caller was behind when its call ended, call by call. */
    List<Double> lagsMillis() {
        List<Double> lags = new ArrayList<>();
        workers.forEach(worker -> lags.addAll(worker.lagsMillis));
        return lags;
    }

    private void readTasks(boolean restToo) {
        if (restToo && reads++ % LIST_EVERY == 0) {
            list();
        }
        long sum = endedNanos;
        for (Iterator<Task> all = open.values().iterator(); all.hasNext(); ) {
            Task task = all.next();
            if (restToo && !task.owned && !task.read()) {
                endedNanos += task.nanos;
                all.remove();
            }
            sum += task.nanos;
        }
        totalNanos = sum;
    }

    void close() {
        open.values().forEach(Task::close);
    }

    private void list() {
        Set<Integer> ids = tasks.ids();
        for (Integer tid : ids) {
            if (!open.containsKey(tid)) {
                try {
                    open.put(tid, new Task(tid, CpuFile.open(tasks.folder(tid).resolve("schedstat"))));
                } catch (IOException ended) {
                    // It lived for less than the time between two lists, and what it worked is lost.
                }
            }
        }
    }

    private static final class Task {

        private final CpuFile file;
        private final @Nullable PerfClock exact;

        /** Of the file, when the exact clock began. */
        private final long beforeNanos;

        long nanos;
        boolean owned;

        Task(int tid, CpuFile file) throws IOException {
            this.file = file;
            try {
                this.beforeNanos = file.threadNanos();
            } catch (IOException ended) {
                file.close();
                throw ended;
            }
            this.exact = PerfClock.open(tid);
        }

        /** Returns false when the thread has ended; its last time stays. */
        boolean read() {
            try {
                long told = file.threadNanos();
                nanos = exact == null ? told : Math.max(nanos, beforeNanos + exact.nanos());
                return true;
            } catch (IOException ended) {
                close();
                return false;
            }
        }

        private void close() {
            try (file;
                    exact) {
                nanos = exact == null ? nanos : Math.max(nanos, beforeNanos + exact.nanos());
            } catch (IOException ignored) {
                // Nothing was written.
            }
        }
    }

    private static final class Worker {

        final ModelThread thread;
        private final Task task;
        private final CallBoard board;
        private final long beforeNanos;
        private final CallBoard.Look look = new CallBoard.Look();
        private final List<Double> lagsMillis = new ArrayList<>();
        private boolean wasInside;
        private long lastCalls;
        private long nanos;

        Worker(ModelThread thread, Task task, CallBoard board) {
            this.thread = thread;
            this.task = task;
            this.board = board;
            task.read();
            beforeNanos = task.nanos;
        }

        void read() {
            if (!thread.isCaller()) {
                task.read();
                nanos = task.nanos - beforeNanos;
                return;
            }
            do {
                board.look(thread.slot(), look);
                task.read();
            } while (!board.isStill(thread.slot(), look));
            long now = Math.max(nanos, look.insideNanos(task.nanos));
            if (wasInside && look.calls() == lastCalls + 1 && !look.isInside()) {
                lagsMillis.add((now - nanos) / 1e6);
            }
            wasInside = look.isInside();
            lastCalls = look.calls();
            nanos = now;
        }
    }
}
