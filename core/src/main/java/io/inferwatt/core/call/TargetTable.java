package io.inferwatt.core.call;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Gives each {@link RemoteTarget} a small number for life, which calls carry. Bounded: further ones share the number of {@link
 * RemoteTarget#OTHER}. Safe from all threads.
 */
public final class TargetTable {

    /** The number of a call that asks no other machine. */
    public static final int NONE = 0;

    static final int CAPACITY = 1024;

    private static final int OTHER = 1;

    private final Map<RemoteTarget, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<RemoteTarget> targets = new AtomicReferenceArray<>(CAPACITY);
    private int size = OTHER;

    TargetTable() {
        add(RemoteTarget.OTHER);
    }

    /** Returns the number of a target, above {@link #NONE}. */
    public int number(RemoteTarget target) {
        Integer known = numbers.get(target);
        return known != null ? known : add(target);
    }

    private synchronized int add(RemoteTarget target) {
        Integer known = numbers.get(target);
        if (known != null) {
            return known;
        }
        if (size == CAPACITY) {
            return OTHER;
        }
        int number = size++;
        targets.set(number, target);
        numbers.put(target, number);
        return number;
    }

    /** Returns the target with a number that {@link #number} gave out. */
    public RemoteTarget target(int number) {
        return targets.get(number);
    }
}
