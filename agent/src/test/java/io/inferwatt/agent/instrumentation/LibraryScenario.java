package io.inferwatt.agent.instrumentation;

import io.inferwatt.core.call.ModelKey;

/**
 * Uses a library as an application would. Loaded by the application's loader, so that it may name the library's types; has
 * a public constructor without parameters.
 */
public interface LibraryScenario extends AutoCloseable {

    /** Calls the model once, successfully. */
    void call() throws Exception;

    /** Calls the model so that the library throws from within the hooked method. */
    void failingCall() throws Exception;

    /** Calls the model with null where its input should be. */
    void callWithNull() throws Exception;

    /** Returns what {@link #call} is booked under. */
    ModelKey key();

    /** Returns the batch rows of {@link #call}. */
    long rows();

    /** Releases the model, then calls it once more if the library takes that. */
    void callAfterClose() throws Exception;

    @Override
    void close() throws Exception;
}
