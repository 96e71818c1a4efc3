package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.RemoteServer;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.ModelOptions;

/**
 * What is remembered of a client of a remote model.
 *
 * @param options the client's own, which hold where a request has none; null if not known
 * @param countsCacheApart whether tokens that were read from a cache or written to it are counted beside those of the input
 */
record RemoteModel(RemoteServer server, @Nullable ModelOptions options, boolean countsCacheApart) {

    /** Computes in this process, or passes calls on to another model. */
    static final RemoteModel NONE = new RemoteModel(RemoteServer.UNKNOWN, null, false);
}
