package io.inferwatt.it.app;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * An application that sets up its logging late, as application servers do: its log manager is in a folder that only its
 * own class loader sees. Logs when its standard input ends, and prints what its handler got.
 */
public final class LateLogging {

    private LateLogging() {}

    /** @param arguments the folder with the log manager, or none if it is on the class path */
    public static void main(String[] arguments) throws Exception {
        System.out.println("ready");
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        if (arguments.length > 0) {
            URL[] folder = {Path.of(arguments[0]).toUri().toURL()};
            Thread.currentThread().setContextClassLoader(new URLClassLoader(folder));
        }
        System.out.println("manager " + LogManager.getLogManager().getClass().getName());
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new Printer());
        Logger.getLogger("shop").info("by java.util.logging");
        System.getLogger("shop").log(System.Logger.Level.WARNING, "by System.Logger");
    }

    private static final class Printer extends Handler {

        @Override
        public void publish(LogRecord entry) {
            System.out.println(entry.getLevel() + " " + entry.getLoggerName() + " " + entry.getMessage());
        }

        @Override
        public void flush() {
            System.out.flush();
        }

        @Override
        public void close() {
            System.out.flush();
        }
    }
}
