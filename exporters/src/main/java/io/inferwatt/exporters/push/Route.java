package io.inferwatt.exporters.push;

import io.inferwatt.core.net.HttpRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One way to push: what is sent, and how it is asked. Called by the thread of its {@link PushLoop} alone. */
interface Route {

    /**
     * Returns the figures of this moment as they are sent; null if there is nothing to send now.
     *
     * @throws IOException if they cannot be written
     */
    byte @Nullable [] take() throws IOException;

    /**
     * Adds what is sent last of all, after the meter has settled.
     *
     * @throws IOException if the figures cannot be written; what can be sent without them is added all the same
     */
    void last(BodyQueue queue) throws IOException;

    /** Hears that the server will never take these figures. */
    default void refused(byte[] body) {}

    /** Returns the request that brings these figures to the server, without its credentials. */
    HttpRequest request(byte[] body);
}
