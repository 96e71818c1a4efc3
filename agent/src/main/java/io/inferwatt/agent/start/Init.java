package io.inferwatt.agent.start;

import io.inferwatt.agent.log.AgentLog;
import io.inferwatt.core.net.HostLogging;
import io.inferwatt.core.thread.SteadyThread;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts the metering beside the application, on a thread of its own that ends as soon as the meter runs; nothing it meets reaches the JVM. */
final class Init implements Runnable {

    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_MILLIS = 50;

    private final Supplier<Metering> metering;
    private final @Nullable Thread main;

    private Init(Supplier<Metering> metering, @Nullable Thread main) {
        this.metering = metering;
        this.main = main;
    }

    /**
     * Makes the thread without starting it. An interrupt, such as one of all threads, would close the files that the start reads, or
     * end its wait for the main method, and with it the metering.
     *
     * @param metering asked on this thread: loading its classes is no work for the application's main thread
     * @param main the application's main thread while it is still in premain, or null
     */
    static Thread thread(Supplier<Metering> metering, @Nullable Thread main) {
        return new SteadyThread("inferwatt-init", new Init(metering, main));
    }

    @Override
    public void run() {
        Metering started = null;
        try {
            started = metering.get();
            if (main != null && (hasOwnLogManager() || HostLogging.isStartedByTls())) {
                waitForMain(main);
            }
            started.start();
        } catch (Throwable broken) {
            if (started != null) {
                started.giveUp();
            }
            AgentLog.warn("not metering, the application is not affected: " + AgentLog.describe(broken));
        }
    }

    /** WildFly and its like die if anybody initialises the log manager before their main method has set theirs up. */
    private static boolean hasOwnLogManager() {
        String logManager = System.getProperty("java.util.logging.manager");
        boolean hidden =
                logManager != null && ClassLoader.getSystemResource(logManager.replace('.', '/') + ".class") == null;
        return hidden || System.getenv("JBOSS_HOME") != null;
    }

    private static void waitForMain(Thread main) throws InterruptedException {
        long begin = System.nanoTime();
        while (!hasBegun(main) && System.nanoTime() - begin < LONGEST_WAIT_NANOS) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** The outermost frame is that of the launcher until the main method runs; a thread that ended has none. */
    private static boolean hasBegun(Thread main) {
        StackTraceElement[] frames = main.getStackTrace();
        if (frames.length == 0) {
            return true;
        }
        String outermost = frames[frames.length - 1].getClassName();
        return !outermost.startsWith("sun.") && !outermost.startsWith("java.") && !outermost.startsWith("jdk.");
    }
}
