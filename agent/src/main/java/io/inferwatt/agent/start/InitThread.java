package io.inferwatt.agent.start;

import io.inferwatt.agent.log.AgentLog;
import io.inferwatt.core.net.HostLogging;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts the metering beside the application. Daemon, ends as soon as the meter runs; nothing it meets reaches the JVM. */
final class InitThread extends Thread {

    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_MILLIS = 50;

    private final Supplier<Metering> metering;
    private final @Nullable Thread main;

    /**
     * @param metering asked on this thread: loading its classes is no work for the application's main thread
     * @param main the application's main thread while it is still in premain, or null
     */
    InitThread(Supplier<Metering> metering, @Nullable Thread main) {
        super("inferwatt-init");
        this.metering = metering;
        this.main = main;
        setDaemon(true);
        setContextClassLoader(InitThread.class.getClassLoader());
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
