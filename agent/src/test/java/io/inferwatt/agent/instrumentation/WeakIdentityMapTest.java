package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WeakIdentityMapTest {

    /** Equal to every other one, so that only identity tells them apart. */
    private record Key() {}

    @Test
    void behavesLikeAnIdentityMap() {
        Random random = new Random(20261123);
        WeakIdentityMap<Key, Integer> map = new WeakIdentityMap<>();
        Map<Key, Integer> expected = new IdentityHashMap<>();
        Key[] keys = new Key[300];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new Key();
        }
        for (int step = 0; step < 20_000; step++) {
            Key key = keys[random.nextInt(keys.length)];
            if (random.nextInt(3) == 0) {
                assertThat(map.remove(key)).isEqualTo(expected.remove(key));
            } else {
                map.put(key, step);
                expected.put(key, step);
            }
            Key asked = keys[random.nextInt(keys.length)];
            assertThat(map.get(asked)).isEqualTo(expected.get(asked));
        }
        assertThat(map.size()).isEqualTo(expected.size());
    }

    @Test
    void doesNotKeepItsKeysAlive() {
        WeakIdentityMap<Key, Integer> map = new WeakIdentityMap<>();
        Key kept = new Key();
        map.put(kept, 0);
        WeakReference<Key> first = fill(map);

        long begin = System.nanoTime();
        while ((first.get() != null || map.size() > 1) && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(30)) {
            System.gc();
            // Collections without a pause leave no time to the JVM's thread that tells the queue of what died.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }

        assertThat(first.get()).isNull();
        assertThat(map.size()).isEqualTo(1);
        assertThat(map.get(kept)).isZero();
    }

    private static WeakReference<Key> fill(WeakIdentityMap<Key, Integer> map) {
        Key first = new Key();
        map.put(first, 1);
        for (int i = 0; i < 100; i++) {
            map.put(new Key(), i);
        }
        return new WeakReference<>(first);
    }
}
