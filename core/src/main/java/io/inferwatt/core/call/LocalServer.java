package io.inferwatt.core.call;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** A model server in another process of this machine, and whose root calls ask it. Safe from all threads. */
public final class LocalServer {

    private final String host;
    private final AtomicIntegerArray times = new AtomicIntegerArray(KeyTable.CAPACITY);

    LocalServer(String host) {
        this.host = host;
    }

    /** Tells that a call of a key asks this server; one addition. */
    void askedBy(int key) {
        times.getAndIncrement(key);
    }

    /** Returns host and port as the clients are set to, see {@link RemoteTarget#host}. */
    public String host() {
        return host;
    }

    /**
     * Returns a number that grows whenever calls of a key ask this server, for each call around it and inside as well; may wrap
     * around.
     */
    public int timesAsked(int key) {
        return times.get(key);
    }
}
