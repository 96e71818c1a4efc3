package io.inferwatt.agent.start;

import io.inferwatt.agent.log.AgentLog;
import io.inferwatt.core.EnergyMeter;
import io.inferwatt.exporters.MetricsExporter;
import io.inferwatt.exporters.push.PushExporters;
import io.inferwatt.exporters.records.RecordsExporter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Settles and flushes when the JVM ends; holds its end up by two seconds at most, and by {@link PushExporters#LONGEST_CLOSE} more where
 * figures are pushed. There it also waits for a meter that has not started yet: a short batch job may end before that.
 */
final class ShutdownHook extends Thread {

    private static final long LONGEST_CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private final boolean pushing;
    private final long longestStartMillis;
    private boolean registered = true;
    private boolean over;
    private @Nullable Closing closing;

    /** @param longestStartMillis where figures are pushed a start that is under way is waited for that long */
    ShutdownHook(boolean pushing, long longestStartMillis) {
        super("inferwatt-shutdown");
        this.pushing = pushing;
        this.longestStartMillis = longestStartMillis;
        setContextClassLoader(ShutdownHook.class.getClassLoader());
    }

    /**
     * Prepares for the end of the JVM, which may be under way.
     *
     * @param pushing whether figures are pushed
     */
    static ShutdownHook register(boolean pushing) {
        ShutdownHook hook = new ShutdownHook(pushing, LONGEST_CLOSE_MILLIS);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            hook.registered = false;
        }
        return hook;
    }

    /** Returns whether there will be a shutdown to wait for; if it is under way already everything is closed at once. */
    boolean closeAtTheEnd(
            MetricsExporter exporter, PushExporters pushes, Optional<RecordsExporter> records, EnergyMeter meter) {
        Closing all = new Closing(exporter, pushes, records, meter);
        synchronized (this) {
            if (registered && !over) {
                closing = all;
                notifyAll();
                return true;
            }
        }
        all.close();
        return false;
    }

    /** Says that the start has failed, so that nobody waits for it. */
    synchronized void nothingStarts() {
        over = true;
        notifyAll();
    }

    @Override
    public void run() {
        try {
            Closing all = awaitStart();
            if (all != null) {
                all.start();
                all.join(LONGEST_CLOSE_MILLIS + (pushing ? PushExporters.LONGEST_CLOSE.toMillis() : 0));
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (Throwable broken) {
            tell(broken);
        }
    }

    private synchronized @Nullable Closing awaitStart() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(longestStartMillis);
        long left = longestStartMillis;
        while (pushing && closing == null && !over && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        over = true;
        return closing;
    }

    /** Nothing may leave a thread of ours: it would meet the uncaught exception handler of the application. */
    private static void tell(Throwable broken) {
        AgentLog.warn("the last figures may be missing: " + AgentLog.describe(broken));
    }

    /** Does the work on a daemon, so that the JVM can leave it behind. The meter settles first: exporters tell its last word. */
    private static final class Closing extends Thread {

        private final MetricsExporter exporter;
        private final PushExporters pushes;
        private final Optional<RecordsExporter> records;
        private final EnergyMeter meter;

        Closing(MetricsExporter exporter, PushExporters pushes, Optional<RecordsExporter> records, EnergyMeter meter) {
            super("inferwatt-closing");
            this.exporter = exporter;
            this.pushes = pushes;
            this.records = records;
            this.meter = meter;
            setDaemon(true);
            setContextClassLoader(Closing.class.getClassLoader());
        }

        @Override
        public void run() {
            try {
                close();
            } catch (Throwable broken) {
                tell(broken);
            }
        }

        void close() {
            try (exporter;
                    pushes) {
                try {
                    meter.close();
                } finally {
                    records.ifPresent(
                            RecordsExporter::close); // what waits for the disk cannot be had again, a scrape can
                }
            }
        }
    }
}
