package io.inferwatt.it.app;

import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.core.facade.TenantScope;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * An application that tells of calls of its models, one thread each, while {@code on}, and of none while {@code off}; it is off at first.
 * Each word is answered by itself once it holds. Arguments are the models, the first one the smallest; {@code model@tenant} calls
 * on somebody's behalf.
 */
public final class SwitchedLoad {

    private static final int STEPS = 20_000;
    private static final int ROWS = 3;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static volatile double sink;

    private SwitchedLoad() {}

    public static void main(String[] arguments) {
        ReadWriteLock gate = new ReentrantReadWriteLock(true);
        gate.writeLock().lock();
        boolean on = false;
        for (int i = 0; i < arguments.length; i++) {
            int size = i + 1;
            String model = arguments[i];
            Thread thread = new Thread(() -> run(model, size, gate.readLock()), model);
            thread.setDaemon(true);
            thread.start();
        }
        System.out.println("ready");
        try (Scanner words = new Scanner(System.in, "UTF-8")) {
            while (words.hasNext()) {
                String word = words.next();
                if (word.equals("on") && !on) {
                    gate.writeLock().unlock();
                } else if (word.equals("off") && on) {
                    gate.writeLock().lock(); // no call is in flight once this returns
                }
                on = word.equals("on");
                System.out.println(word);
            }
        }
    }

    private static void run(String modelAndTenant, int size, Lock gate) {
        int sign = modelAndTenant.indexOf('@');
        String model = sign < 0 ? modelAndTenant : modelAndTenant.substring(0, sign);
        while (true) {
            gate.lock();
            try {
                if (sign < 0) {
                    call(model, size);
                } else {
                    try (TenantScope scope = TenantScope.enter(modelAndTenant.substring(sign + 1))) {
                        call(model, size);
                    }
                }
            } finally {
                gate.unlock();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void call(String model, int size) {
        try (MeteredCall call = MeteredCall.begin(model, ROWS)) {
            double sum = 0;
            for (int i = 0; i < STEPS * size; i++) {
                sum += Math.tanh(sum + i);
            }
            sink = sum;
        }
    }
}
