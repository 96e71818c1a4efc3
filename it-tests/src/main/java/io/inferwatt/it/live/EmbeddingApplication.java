package io.inferwatt.it.live;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * An application with several ONNX models, each called by threads of its own. It tells its process, then which thread
 * works for which model; each line on its standard input is a number of seconds to call for, answered with the
 * number of calls of each model. It ends with its input.
 */
public final class EmbeddingApplication {

    /** Begins the line with the number of the process. */
    public static final String PROCESS = "process ";

    /** Begins the line with the models' threads. */
    public static final String THREADS = "threads ";

    /** Begins the line with the number of the order and then of the calls of each model. */
    public static final String CALLED = "called ";

    private EmbeddingApplication() {}

    /**
     * Loads the models and answers orders.
     *
     * @param arguments from {@link Workload#arguments}
     */
    public static void main(String[] arguments) throws Exception {
        System.out.println(PROCESS + ProcessHandle.current().pid());
        Workload workload = Workload.of(arguments);
        CallBoard board = CallBoard.open(workload.board());
        List<ModelThread> threads = new ArrayList<>();
        List<List<Caller>> callers = new ArrayList<>();
        List<ExecutorService> executors = new ArrayList<>();
        for (ModelLoad load : workload.models()) {
            int model = callers.size();
            LoadedModel loaded = LoadedModel.load(load, workload.intraOpThreads(), workload.spinning());
            loaded.engineThreads().forEach(tid -> threads.add(new ModelThread(tid, model, ModelThread.ENGINE)));
            List<Caller> own = new ArrayList<>();
            for (int i = 0; i < load.callers(); i++) {
                int slot = executors.size();
                ExecutorService executor =
                        Executors.newSingleThreadExecutor(work -> daemon(work, load.name() + "-caller"));
                executors.add(executor);
                threads.add(
                        new ModelThread(executor.submit(NativeTasks::current).get(), model, slot));
                own.add(new Caller(
                        loaded,
                        load.callsPerSecond() / load.callers(),
                        workload.garbageBytes(),
                        board,
                        slot,
                        workload.seed() + slot));
            }
            callers.add(own);
        }
        System.out.println(THREADS + ModelThread.line(threads));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int number = 0;
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            long end = System.nanoTime() + (long) (Double.parseDouble(order) * TimeUnit.SECONDS.toNanos(1));
            System.out.println(CALLED + ++number + " " + call(callers, executors, end));
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static String call(List<List<Caller>> callers, List<ExecutorService> executors, long endNanos)
            throws Exception {
        List<List<Future<Integer>>> running = new ArrayList<>();
        int slot = 0;
        for (List<Caller> own : callers) {
            List<Future<Integer>> calls = new ArrayList<>();
            for (Caller caller : own) {
                calls.add(executors.get(slot++).submit(() -> caller.callUntil(endNanos)));
            }
            running.add(calls);
        }
        List<String> counts = new ArrayList<>();
        for (List<Future<Integer>> own : running) {
            int count = 0;
            for (Future<Integer> calls : own) {
                count += calls.get();
            }
            counts.add("" + count);
        }
        return String.join(" ", counts);
    }
}
