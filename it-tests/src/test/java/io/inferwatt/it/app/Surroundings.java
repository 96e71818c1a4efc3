package io.inferwatt.it.app;

import java.util.Locale;
import java.util.TimeZone;
import java.util.TreeSet;

/** An application that prints what an agent might have changed around it, when its standard input ends. */
public final class Surroundings {

    private Surroundings() {}

    public static void main(String[] arguments) throws Exception {
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Thread main = Thread.currentThread();
        System.out.println("thread " + main.getName() + ", priority " + main.getPriority() + ", group "
                + main.getThreadGroup().getName() + ", loader "
                + main.getContextClassLoader().getClass().getName());
        System.out.println("uncaught exceptions " + Thread.getDefaultUncaughtExceptionHandler());
        System.out.println("out " + System.out.getClass().getName() + ", err "
                + System.err.getClass().getName());
        System.out.println("locale " + Locale.getDefault() + ", zone "
                + TimeZone.getDefault().getID());
        TreeSet<String> threads = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.isDaemon()) {
                threads.add(thread.getName());
            }
        }
        System.out.println("threads that hold the JVM " + threads);
        for (String name : new TreeSet<>(System.getProperties().stringPropertyNames())) {
            System.out.println(name + "=" + System.getProperty(name));
        }
    }
}
