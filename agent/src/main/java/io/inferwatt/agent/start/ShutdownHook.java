package io.inferwatt.agent.start;

import io.inferwatt.agent.log.AgentLog;
import io.inferwatt.core.EnergyMeter;
import io.inferwatt.exporters.MetricsExporter;
import io.inferwatt.exporters.push.PushExporters;
import io.inferwatt.exporters.records.RecordsExporter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Settles and flushes when the JVM ends; holds its end up by two seconds at most, where something is pushed by that of the pushes more. */
final class ShutdownHook extends Thread {

    private static final long LONGEST_CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private final Closing closing;
    private final long longestMillis;

    private ShutdownHook(Closing closing, boolean pushing) {
        super("inferwatt-shutdown");
        this.closing = closing;
        this.longestMillis = LONGEST_CLOSE_MILLIS + (pushing ? PushExporters.LONGEST_CLOSE.toMillis() : 0);
        setContextClassLoader(ShutdownHook.class.getClassLoader());
    }

    /** Returns whether there will be a shutdown to wait for; if it is under way already everything is closed at once. */
    static boolean add(
            MetricsExporter exporter, PushExporters pushes, Optional<RecordsExporter> records, EnergyMeter meter) {
        Closing closing = new Closing(exporter, pushes, records, meter);
        try {
            Runtime.getRuntime().addShutdownHook(new ShutdownHook(closing, pushes.isActive()));
            return true;
        } catch (IllegalStateException ending) {
            closing.close();
            return false;
        }
    }

    @Override
    public void run() {
        try {
            closing.start();
            closing.join(longestMillis);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (Throwable broken) {
            tell(broken);
        }
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
