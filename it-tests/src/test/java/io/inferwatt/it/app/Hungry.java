package io.inferwatt.it.app;

import io.inferwatt.core.facade.MeteredCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An application that takes all memory there is again and again while its other threads call models. Told {@code eat times} it exhausts the heap
 * so often and tells what else than its own want of memory it met; told {@code call times} it makes so many calls more. No engine of native
 * code: those that there are end the JVM themselves when they find no memory.
 */
public final class Hungry {

    /** The method that settings name. */
    public static final String METHODS = Hungry.class.getName() + "#score:model=scored";

    private static final int BITE_BYTES = 1 << 18;
    private static final int BITES_BEFORE_SMALLER = 2000;
    private static final int CRUMB_BYTES = 64;
    private static final int CALLERS = 2;

    private final AtomicLong made = new AtomicLong();
    private final AtomicLong starved = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private volatile @Nullable Throwable foreign;

    private Hungry() {}

    public static void main(String[] arguments) throws Exception {
        Hungry application = new Hungry();
        application.call(10);
        System.out.println("ready");
        try (Scanner orders = new Scanner(System.in, "UTF-8")) {
            while (orders.hasNext()) {
                String order = orders.next();
                int times = orders.nextInt();
                if (order.equals("eat")) {
                    application.eat(times);
                } else {
                    application.call(times);
                }
                System.out.println(order + " done, made " + application.made + " starved " + application.starved
                        + " ended " + application.ended + " foreign " + application.foreign);
            }
        }
    }

    private void eat(int times) throws InterruptedException {
        AtomicBoolean full = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(started(() -> {
                while (!full.get()) {
                    call(1);
                }
            }));
        }
        AtomicInteger meals = new AtomicInteger();
        while (meals.get() < times) {
            started(() -> {
                        while (meals.getAndIncrement() < times) {
                            try {
                                exhaust();
                            } catch (OutOfMemoryError own) {
                                starved.incrementAndGet();
                            }
                        }
                    })
                    .join();
        }
        full.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
    }

    /**
     * Where the JVM has no memory to make objects anew that compiled code had done away with, an OutOfMemoryError leaves all methods that
     * were compiled into one, past everything that would catch it: it may end a thread.
     */
    private Thread started(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((itself, error) -> {
            ended.incrementAndGet();
            if (!(error instanceof OutOfMemoryError)) {
                foreign = error;
            }
        });
        thread.start();
        return thread;
    }

    private static void exhaust() {
        List<byte[]> eaten = new ArrayList<>();
        try {
            while (true) {
                eaten.add(new byte[Math.max(CRUMB_BYTES, BITE_BYTES >> (eaten.size() / BITES_BEFORE_SMALLER))]);
            }
        } catch (OutOfMemoryError full) {
            try {
                while (true) {
                    eaten.add(new byte[CRUMB_BYTES]); // so that nothing at all is left for others
                }
            } catch (OutOfMemoryError atLast) {
                eaten.clear();
            }
        }
    }

    private void call(int times) {
        for (int i = 0; i < times; i++) {
            try {
                double sum = score(new double[100])[99];
                try (MeteredCall call = MeteredCall.begin("told")) {
                    sum += new double[100].length;
                }
                made.addAndGet(sum > 0 ? 1 : 0);
            } catch (OutOfMemoryError own) {
                starved.incrementAndGet();
            } catch (Throwable other) {
                foreign = other;
            }
        }
    }

    double[] score(double[] row) {
        for (int i = 0; i < row.length; i++) {
            row[i] += Math.sqrt(i);
        }
        return row;
    }
}
