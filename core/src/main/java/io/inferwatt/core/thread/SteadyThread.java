package io.inferwatt.core.thread;

/**
 * A daemon that applications cannot interrupt, for instance with their whole thread group. An interrupted thread no longer waits, neither parked
 * nor for a selector, so it would take a processor for itself; and its interrupt closes the files that it reads and writes.
 */
public final class SteadyThread extends Thread {

    /** Prepares a daemon, of the loader of this class; does not start it. */
    public SteadyThread(String name, Runnable task) {
        super(null, task, name, 0, false);
        setDaemon(true);
        setUncaughtExceptionHandler(Unheard.OF_ALL);
        setContextClassLoader(SteadyThread.class.getClassLoader());
    }

    /** Does nothing. */
    @Override
    public void interrupt() {}
}
