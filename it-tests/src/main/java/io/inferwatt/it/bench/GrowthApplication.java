package io.inferwatt.it.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An application whose threads call models in short bursts and rest between them, so that all of them together make {@value
 * #BURSTS_A_SECOND} bursts a second however many they are. Each line on its standard input begins a new count and is answered
 * with the nanoseconds of one call, each burst's mean, of the bursts since the line before; it ends with its input.
 *
 * <p>Arguments: how many threads, {@code platform} or {@code virtual}, how many models, how many calls to keep in flight.
 */
final class GrowthApplication {

    /** The line that says that all threads run. */
    static final String READY = "ready";

    /** Opens the answer. */
    static final String BURSTS = "bursts";

    static final String VIRTUAL = "virtual";

    private static final int BURSTS_A_SECOND = 100;
    private static final int CALLS_A_BURST = 100;
    private static final int MOST_BURSTS = 100_000;
    /** At the rate above the code would not be compiled for minutes. */
    private static final int WARM_UP_BURSTS = 20_000;

    private static final double[] NANOS = new double[MOST_BURSTS];
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Whatever is computed goes here, or nothing would be. */
    private static final AtomicInteger RESULT = new AtomicInteger();

    private GrowthApplication() {}

    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        int threads = Integer.parseInt(arguments[0]);
        List<String> models = names(Integer.parseInt(arguments[2]));
        List<CompletableFuture<String>> inFlight = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
            inFlight.add(GrowthModel.later(models.get(i % models.size())));
        }
        for (int i = 0; i < WARM_UP_BURSTS; i++) {
            burst(models, i);
        }
        for (int i = 0; i < threads; i++) {
            int first = i;
            start(arguments[1].equals(VIRTUAL), () -> call(models, first, threads));
        }
        System.out.println(READY);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (lines.readLine() != null) {
            System.out.println(BURSTS + burstsSoFar());
        }
        inFlight.forEach(call -> call.complete("done"));
    }

    private static List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("model-" + i);
        }
        return names;
    }

    /** Virtual threads came with Java 21, later than what this is compiled for. */
    private static void start(boolean virtual, Runnable work) throws ReflectiveOperationException {
        if (virtual) {
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            start.invoke(null, work);
        } else {
            Thread thread = new Thread(work, "caller");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void call(List<String> models, int first, int threads) {
        long pauseNanos = TimeUnit.SECONDS.toNanos(threads) / BURSTS_A_SECOND;
        burst(models, first);
        LockSupport.parkNanos(pauseNanos * first / threads); // after the first, not all at once
        for (int next = first; true; next++) {
            long begin = System.nanoTime();
            burst(models, next);
            double nanos = System.nanoTime() - begin;
            int burst = COUNT.getAndIncrement();
            if (burst < MOST_BURSTS) {
                NANOS[burst] = nanos / CALLS_A_BURST;
            }
            LockSupport.parkNanos(pauseNanos);
        }
    }

    private static void burst(List<String> models, int first) {
        int model = first % models.size();
        int value = first;
        for (int i = 0; i < CALLS_A_BURST; i++) {
            value = GrowthModel.score(models.get(model), value);
            model = model + 1 < models.size() ? model + 1 : 0;
        }
        RESULT.lazySet(value);
    }

    private static String burstsSoFar() {
        int count = Math.min(COUNT.getAndSet(0), MOST_BURSTS);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append(' ').append(NANOS[i]);
        }
        return all.toString();
    }
}
