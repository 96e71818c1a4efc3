package io.inferwatt.agent.instrumentation.springai;

import org.jspecify.annotations.Nullable;

/** What is remembered of an embedding model. */
final class KnownModel {

    /** A name, and the number it is booked under, so that it need not be looked up again. */
    record Name(String name, int key) {}

    /** Whether it computes here what it was loaded from, whatever a request asks for. */
    final boolean isFromFile;

    /** Where it asks, if it is the client of a remote model; then the names here are not used. */
    final @Nullable RemoteModel remote;

    /** For requests that name no model. */
    volatile Name ownName;

    volatile @Nullable Name latestRequested;

    KnownModel(@Nullable RemoteModel remote, boolean isFromFile, Name ownName) {
        this.remote = remote;
        this.isFromFile = isFromFile;
        this.ownName = ownName;
    }
}
