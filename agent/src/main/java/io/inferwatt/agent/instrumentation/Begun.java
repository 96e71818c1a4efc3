package io.inferwatt.agent.instrumentation;

/** What an enter advice returns that is not the call itself. For the thread that runs the method. */
public interface Begun {

    /**
     * Ends the call, because the exit advice failed on the way, such as for want of memory, and nobody else ever could. A call that has
     * ended is left alone.
     */
    void lost();
}
