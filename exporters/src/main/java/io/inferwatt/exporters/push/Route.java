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

    /** Adds what is sent last of all, after the meter has settled. */
    void last(BodyQueue queue) throws IOException;

    /** Returns the request that brings these figures to the server, without its credentials. */
    HttpRequest request(byte[] body);
}
