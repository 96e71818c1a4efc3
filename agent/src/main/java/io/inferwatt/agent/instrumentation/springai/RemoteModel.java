package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.RemoteServer;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.ModelOptions;

/**
 * What is remembered of a client of a remote model.
 *
 * @param own the client's own options, which may know the client itself, by a tool for instance: they live as long as it does
 * @param countsCacheApart whether tokens that were read from a cache or written to it are counted beside those of the input
 */
record RemoteModel(RemoteServer server, @Nullable WeakReference<ModelOptions> own, boolean countsCacheApart) {

    /** Computes in this process, or passes calls on to another model. */
    static final RemoteModel NONE = new RemoteModel(RemoteServer.UNKNOWN, null, false);

    static RemoteModel of(RemoteServer server, @Nullable ModelOptions options, boolean countsCacheApart) {
        return new RemoteModel(server, options == null ? null : new WeakReference<>(options), countsCacheApart);
    }

    /** Returns the client's own options, which hold where a request has none; null if not known. */
    @Nullable
    ModelOptions options() {
        return own == null ? null : own.get();
    }
}
