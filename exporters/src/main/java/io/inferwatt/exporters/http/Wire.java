package io.inferwatt.exporters.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** The bytes of one connection, as they are or behind TLS. Used by one thread; no method waits. */
interface Wire {

    /** What opening waits for: nothing any more, one of {@link SelectionKey}'s operations, or work done elsewhere. */
    int OPEN = 0;

    int BUSY = -1;

    /** Goes on with opening and returns {@link #OPEN}, {@link #BUSY}, or the operation to wait for. */
    int open() throws IOException;

    /** Returns work that {@link #open} waits for, to be run on any thread; null if there is none. */
    @Nullable
    Runnable work();

    /** Returns what has come, valid until the next call on any wire of this thread; null when the client has ended. */
    @Nullable
    ByteBuffer read() throws IOException;

    /** Writes as much as goes, and returns whether all of it has gone. */
    boolean write(ByteBuffer[] bytes) throws IOException;

    /** Takes what has come without a look at it; returns how many bytes, negative when the client has ended. */
    int discard() throws IOException;

    /** Returns how many bytes the client has sent in all. */
    long taken();

    /** Tells the client that nothing more comes. */
    void end() throws IOException;
}
