package io.inferwatt.exporters.http.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says when a password may be hashed: one at a time; for each user a twentieth of the time at most, and as much for all names that are
 * none; and for a client that was wrong about a user only some seconds later. So guessing costs little, gets nobody far, and keeps out no
 * other user. Safe from all threads; nobody waits.
 */
final class HashPace {

    private static final long REST_FACTOR = 19;
    private static final long AFTER_WRONG_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MOST_KEPT = 256;

    private final LongSupplier nanoTime;
    private final Map<Guess, Long> wrongNanos = new LinkedHashMap<>();
    private final Map<String, Rest> rests = new LinkedHashMap<>();
    private boolean busy;
    private long beginNanos;

    private record Guess(String user, Object client) {}

    private record Rest(long endNanos, long restNanos) {}

    HashPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Tells whether this password may be hashed now; if so, {@link #done} must follow.
     *
     * @param user for whom it shall be right; the same text for all who are none
     */
    synchronized boolean begin(String user, Object client) {
        long now = nanoTime.getAsLong();
        Rest rest = rests.get(user);
        Long wrong = wrongNanos.get(new Guess(user, client));
        if (busy
                || (rest != null && now - rest.endNanos < rest.restNanos)
                || (wrong != null && now - wrong < AFTER_WRONG_NANOS)) {
            return false;
        }
        busy = true;
        beginNanos = now;
        return true;
    }

    synchronized void done(String user, Object client, boolean right) {
        busy = false;
        long now = nanoTime.getAsLong();
        Guess guess = new Guess(user, client);
        wrongNanos.remove(guess);
        rests.remove(user);
        if (!right) {
            keep(rests, user, new Rest(now, REST_FACTOR * (now - beginNanos)));
            keep(wrongNanos, guess, now);
        }
    }

    private static <K, V> void keep(Map<K, V> map, K key, V value) {
        map.put(key, value);
        if (map.size() > MOST_KEPT) {
            map.remove(map.keySet().iterator().next());
        }
    }
}
