package io.inferwatt.core.thread;

/**
 * Takes what leaves a thread of ours, if ever anything does, such as the want of memory of the application around: it would meet the
 * application's own handler otherwise, or be printed with its trace. Whoever works on the thread tells what matters before. Safe from all threads.
 */
public final class Unheard implements Thread.UncaughtExceptionHandler {

    public static final Unheard OF_ALL = new Unheard();

    private Unheard() {}

    /** Does nothing. */
    @Override
    public void uncaughtException(Thread thread, Throwable error) {}
}
