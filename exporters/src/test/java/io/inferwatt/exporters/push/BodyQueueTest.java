package io.inferwatt.exporters.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BodyQueueTest {

    private final AtomicInteger dropped = new AtomicInteger();

    @Test
    void fullQueue_letsTheOldestGoAndCountsThem() {
        BodyQueue queue = BodyQueue.inOrder(10, dropped::incrementAndGet);
        for (byte i = 1; i <= 5; i++) {
            queue.add(new byte[] {i, 0, 0, 0});
        }
        assertThat(dropped).hasValue(3);
        assertThat(queue.poll()).startsWith(4);
        assertThat(queue.poll()).startsWith(5);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void whatIsPutBack_isFirstAgainOrGoesFirst() {
        BodyQueue queue = BodyQueue.inOrder(10, dropped::incrementAndGet);
        byte[] first = new byte[4];
        queue.add(first);
        queue.add(new byte[5]);
        assertThat(queue.poll()).isSameAs(first);
        queue.putBack(first);
        assertThat(queue.poll()).isSameAs(first);
        queue.add(new byte[5]);
        queue.putBack(first);
        assertThat(dropped).hasValue(1);
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void oneBody_alwaysHasAPlace() {
        BodyQueue queue = BodyQueue.inOrder(10, dropped::incrementAndGet);
        queue.add(new byte[100]);
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void latest_takesThePlaceOfEarlierOnes() {
        BodyQueue queue = BodyQueue.ofLatest();
        queue.add(new byte[] {1});
        queue.add(new byte[] {2});
        assertThat(queue.poll()).containsExactly(2);
        queue.add(new byte[] {4});
        queue.putBack(new byte[] {3});
        assertThat(queue.poll()).containsExactly(4);
        assertThat(queue.size()).isZero();
    }
}
