package io.inferwatt.core.net;

/**
 * TLS of the JDK asks for the JDK's logger of security events. Where the application configures logging by system properties or brings a
 * {@link System.LoggerFinder}, the first certificate therefore starts the application's logging, on whichever thread meets it. So
 * nothing of ours may use TLS before the application's {@code main} runs, and what does runs {@link #asHost}. Safe from all threads.
 */
public final class HostLogging {

    private static final String FINDER = "java.lang.System$LoggerFinder";

    private HostLogging() {}

    /** Work that may fail. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {

        T run() throws E;
    }

    /**
     * Tells whether the first use of TLS starts the application's logging. May look into every file of the class path, so not for an
     * application's thread.
     */
    public static boolean isStartedByTls() {
        return System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null
                || System.getProperty("java.util.logging.manager") != null
                || bringsFinder();
    }

    private static boolean bringsFinder() {
        return ClassLoader.getSystemResource("META-INF/services/" + FINDER) != null
                || ModuleLayer.boot().modules().stream()
                        .flatMap(module -> module.getDescriptor().provides().stream())
                        .anyMatch(provided -> provided.service().equals(FINDER));
    }

    /**
     * Runs work that uses TLS as a thread of the application would: classes that logging needs are looked for on the application's class
     * path, not among ours. The thread's own context class loader is back afterwards, whatever happens.
     */
    public static <T, E extends Exception> T asHost(Work<T, E> work) throws E {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            return work.run();
        } finally {
            thread.setContextClassLoader(own);
        }
    }
}
