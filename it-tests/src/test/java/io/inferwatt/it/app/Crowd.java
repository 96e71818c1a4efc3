package io.inferwatt.it.app;

import io.inferwatt.core.facade.MeteredCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;

/** An application of very many platform threads, each with a call of a model in flight until the next line on its standard input. */
public final class Crowd {

    private static final int STACK_BYTES = 64 * 1024;

    private Crowd() {}

    /** @param arguments how many threads, how many calls each makes before the one that waits */
    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[0]);
        int calls = Integer.parseInt(arguments[1]);
        Scanner words = new Scanner(System.in, "UTF-8");
        System.out.println("ready");
        while (words.hasNextLine()) {
            String unused = words.nextLine();
            CountDownLatch inFlight = new CountDownLatch(threads);
            CountDownLatch end = new CountDownLatch(1);
            List<Thread> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Thread thread = new Thread(null, () -> call(calls, inFlight, end), "one-" + i, STACK_BYTES);
                thread.setDaemon(true);
                all.add(thread);
                thread.start();
            }
            inFlight.await();
            System.out.println("all in flight");
            unused = words.nextLine();
            end.countDown();
            for (Thread thread : all) {
                thread.join();
            }
            System.out.println("all ended");
        }
    }

    private static void call(int calls, CountDownLatch inFlight, CountDownLatch end) {
        for (int i = 0; i < calls; i++) {
            try (MeteredCall call = MeteredCall.begin("short")) {
                Thread.onSpinWait();
            }
        }
        try (MeteredCall call = MeteredCall.begin("long")) {
            inFlight.countDown();
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
