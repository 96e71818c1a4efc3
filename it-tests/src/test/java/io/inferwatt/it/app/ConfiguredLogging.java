package io.inferwatt.it.app;

import java.util.logging.LogManager;

/** An application whose logging is configured by properties; it logs nothing itself. Ends with its standard input. */
public final class ConfiguredLogging {

    private static volatile boolean begun;

    private ConfiguredLogging() {}

    public static void main(String[] arguments) throws Exception {
        begun = true;
        System.out.println("ready");
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
    }

    /** Tells when and among whose classes it is looked for. */
    public static final class TellingManager extends LogManager {

        /** Made by the JDK when logging begins. */
        public TellingManager() {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            System.out.println("logging begins " + (begun ? "in main" : "before main") + ", classes of "
                    + (context == ClassLoader.getSystemClassLoader() ? "the application" : context));
        }
    }
}
