package io.inferwatt.core.call;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Gives each {@link ModelKey} a small number for life, so that the hot path handles ints. Bounded: further keys share the
 * number of {@link ModelKey#OTHER}. Safe from all threads.
 */
public final class KeyTable {

    /** Most keys that are told apart, {@code other} included. */
    public static final int CAPACITY = 200;

    static final int OTHER = 0;

    private final Map<ModelKey, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<ModelKey> keys = new AtomicReferenceArray<>(CAPACITY);
    private volatile int size;
    private final LongAdder folded = new LongAdder();

    KeyTable() {
        add(ModelKey.OTHER);
    }

    int number(ModelKey key) {
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        if (size == CAPACITY) {
            // Not remembered, so that an endless stream of new names cannot grow the map; nor does it wait for a lock.
            folded.increment();
            return OTHER;
        }
        return add(key);
    }

    private synchronized int add(ModelKey key) {
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        int number = size;
        if (number == CAPACITY) {
            folded.increment();
            return OTHER;
        }
        keys.set(number, key);
        numbers.put(key, number);
        size = number + 1;
        return number;
    }

    /** Returns how many numbers are given out; they run from 0. */
    public int size() {
        return size;
    }

    public ModelKey key(int number) {
        return keys.get(number);
    }

    /** Returns how often a key was refused a number of its own. */
    public long folded() {
        return folded.sum();
    }
}
