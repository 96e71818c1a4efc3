package io.inferwatt.agent.instrumentation;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers something about an object of the application without keeping it alive and without asking its {@code equals}.
 * A look-up takes no lock and allocates nothing; changes lock. Values must not refer to their key.
 */
public final class WeakIdentityMap<K, V> {

    private static final int INITIAL_BUCKETS = 16;

    private final ReferenceQueue<K> dead = new ReferenceQueue<>();
    private volatile AtomicReferenceArray<@Nullable Entry<K, V>> buckets = new AtomicReferenceArray<>(INITIAL_BUCKETS);
    private int size;

    public @Nullable V get(K key) {
        AtomicReferenceArray<@Nullable Entry<K, V>> table = buckets;
        Entry<K, V> entry = table.get(System.identityHashCode(key) & (table.length() - 1));
        while (entry != null && !entry.refersTo(key)) {
            entry = entry.next;
        }
        return entry == null ? null : entry.value;
    }

    /** Remembers the value and forgets what was there. */
    public synchronized void put(K key, V value) {
        remove(key);
        if (size >= buckets.length()) {
            grow();
        }
        insert(buckets, key, System.identityHashCode(key), value);
        size++;
    }

    /** Forgets a key and returns what was remembered, if anything. */
    public synchronized @Nullable V remove(K key) {
        forgetDead();
        AtomicReferenceArray<@Nullable Entry<K, V>> table = buckets;
        Entry<K, V> entry = table.get(System.identityHashCode(key) & (table.length() - 1));
        while (entry != null && !entry.refersTo(key)) {
            entry = entry.next;
        }
        if (entry == null) {
            return null;
        }
        unlink(entry);
        return entry.value;
    }

    /** Returns how many keys are remembered, those that died unnoticed included. */
    public synchronized int size() {
        forgetDead();
        return size;
    }

    private void forgetDead() {
        Reference<? extends K> reference = dead.poll();
        while (reference != null) {
            @SuppressWarnings("unchecked") // only entries are registered with the queue
            Entry<K, V> entry = (Entry<K, V>) reference;
            unlink(entry);
            reference = dead.poll();
        }
    }

    /** A reader that stands on the entry meanwhile still finds the rest of the chain behind it. */
    private void unlink(Entry<K, V> gone) {
        AtomicReferenceArray<@Nullable Entry<K, V>> table = buckets;
        int bucket = gone.hash & (table.length() - 1);
        Entry<K, V> before = null;
        Entry<K, V> entry = table.get(bucket);
        while (entry != null && entry != gone) {
            before = entry;
            entry = entry.next;
        }
        if (entry == null) {
            return;
        }
        if (before == null) {
            table.set(bucket, gone.next);
        } else {
            before.next = gone.next;
        }
        size--;
    }

    private void grow() {
        AtomicReferenceArray<@Nullable Entry<K, V>> old = buckets;
        AtomicReferenceArray<@Nullable Entry<K, V>> larger = new AtomicReferenceArray<>(old.length() * 2);
        size = 0;
        for (int bucket = 0; bucket < old.length(); bucket++) {
            for (Entry<K, V> entry = old.get(bucket); entry != null; entry = entry.next) {
                K key = entry.get();
                if (key != null) {
                    insert(larger, key, entry.hash, entry.value);
                    size++;
                }
            }
        }
        buckets = larger;
    }

    private void insert(AtomicReferenceArray<@Nullable Entry<K, V>> table, K key, int hash, V value) {
        int bucket = hash & (table.length() - 1);
        table.set(bucket, new Entry<>(key, hash, value, table.get(bucket), dead));
    }

    private static final class Entry<K, V> extends WeakReference<K> {

        final int hash;
        final V value;
        volatile @Nullable Entry<K, V> next;

        Entry(K key, int hash, V value, @Nullable Entry<K, V> next, ReferenceQueue<K> dead) {
            super(key, dead);
            this.hash = hash;
            this.value = value;
            this.next = next;
        }
    }
}
