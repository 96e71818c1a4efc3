package io.inferwatt.exporters.http.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says when a password may be hashed: one at a time, a tenth of the time at most, and a client whose password was wrong only some
 * seconds later. Guessing therefore costs this process a tenth of a core at most, and gets nobody far. Safe from all
 * threads; nobody waits.
 */
final class HashPace {

    private static final long REST_FACTOR = 9;
    private static final long AFTER_WRONG_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MOST_CLIENTS = 256;

    private final LongSupplier nanoTime;
    private final Map<Object, Long> wrongNanos = new LinkedHashMap<>();
    private boolean busy;
    private long beginNanos;
    private long restNanos;
    private long endNanos;

    HashPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Tells whether this client's password may be hashed now; if so, {@link #done} must follow. */
    synchronized boolean begin(Object client) {
        long now = nanoTime.getAsLong();
        Long wrong = wrongNanos.get(client);
        if (busy || now - endNanos < restNanos || (wrong != null && now - wrong < AFTER_WRONG_NANOS)) {
            return false;
        }
        busy = true;
        beginNanos = now;
        return true;
    }

    synchronized void done(Object client, boolean right) {
        busy = false;
        endNanos = nanoTime.getAsLong();
        wrongNanos.remove(client);
        if (right) {
            restNanos = 0;
            return;
        }
        restNanos = REST_FACTOR * (endNanos - beginNanos);
        wrongNanos.put(client, endNanos);
        if (wrongNanos.size() > MOST_CLIENTS) {
            wrongNanos.remove(wrongNanos.keySet().iterator().next());
        }
    }
}
