package io.inferwatt.exporters.push;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that wait for their server, the oldest first. Bounded: beyond its limit the oldest ones go. Safe from all threads.
 */
final class BodyQueue {

    private final long maxBytes;
    private final boolean latestOnly;
    private final Runnable onDrop;
    private final Deque<byte[]> bodies = new ArrayDeque<>();
    private long bytes;

    private BodyQueue(long maxBytes, boolean latestOnly, Runnable onDrop) {
        this.maxBytes = maxBytes;
        this.latestOnly = latestOnly;
        this.onDrop = onDrop;
    }

    /** Returns a queue of one place, for bodies that tell all that earlier ones told: nothing is lost with those. */
    static BodyQueue ofLatest() {
        return new BodyQueue(Long.MAX_VALUE, true, () -> {});
    }

    /**
     * Returns a queue that keeps bodies in order.
     *
     * @param onDrop called for each body that had to go
     */
    static BodyQueue inOrder(long maxBytes, Runnable onDrop) {
        return new BodyQueue(maxBytes, false, onDrop);
    }

    synchronized void add(byte[] body) {
        if (latestOnly) {
            bodies.clear();
            bytes = 0;
        }
        bodies.addLast(body);
        bytes += body.length;
        trim();
    }

    synchronized byte @Nullable [] poll() {
        byte[] first = bodies.pollFirst();
        bytes -= first == null ? 0 : first.length;
        return first;
    }

    /** Puts a body back that {@link #poll} has given. */
    synchronized void putBack(byte[] body) {
        if (latestOnly && !bodies.isEmpty()) {
            return;
        }
        bodies.addFirst(body);
        bytes += body.length;
        trim();
    }

    synchronized int size() {
        return bodies.size();
    }

    /** One body always has a place, however large it is. */
    private void trim() {
        while (bytes > maxBytes && bodies.size() > 1) {
            bytes -= bodies.removeFirst().length;
            onDrop.run();
        }
    }
}
