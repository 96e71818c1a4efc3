package io.inferwatt.exporters.micrometer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the values of a label few. The first names stay as they are for ever, all later ones are {@value #OTHER} for
 * ever: no name ever changes sides, so sums over folded names neither lose a joule nor fall. Safe from all threads.
 */
final class BoundedNames {

    static final String OTHER = "other";

    private final Map<String, String> named = new ConcurrentHashMap<>();
    private final int capacity;

    /** @param max label values in all, {@value #OTHER} included; at least 1 */
    BoundedNames(int max) {
        capacity = Math.max(0, max - 1);
    }

    /** Returns the label value for a name. */
    String fold(String name) {
        String known = named.get(name);
        return known != null ? known : admit(name);
    }

    private synchronized String admit(String name) {
        if (named.containsKey(name)) {
            return name;
        }
        if (full() || name.equals(OTHER)) {
            return OTHER;
        }
        named.put(name, name);
        return name;
    }

    /** Returns whether every further name is {@value #OTHER}. */
    boolean full() {
        return named.size() >= capacity;
    }
}
