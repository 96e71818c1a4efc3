package io.inferwatt.agent.instrumentation.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeysByNumberTest {

    @Test
    void numbersOfAllKinds_areFoundAgain_andOthersAreNot() {
        Random random = new Random(7);
        KeysByNumber keys = new KeysByNumber(200);
        Map<Long, Integer> expected = new HashMap<>();
        for (long number : new long[] {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32}) {
            keys.put(number, expected.size());
            expected.put(number, expected.size());
        }
        while (expected.size() < 200) {
            long number = random.nextInt(4) == 0 ? random.nextInt(300) : random.nextLong();
            keys.put(number, expected.size());
            expected.putIfAbsent(number, expected.size());
        }

        for (Map.Entry<Long, Integer> entry : expected.entrySet()) {
            assertThat(keys.get(entry.getKey())).as("%s", entry.getKey()).isEqualTo(entry.getValue());
        }
        for (int i = 0; i < 1000; i++) {
            long number = random.nextLong();
            assertThat(keys.get(number)).isEqualTo(expected.getOrDefault(number, KeysByNumber.NONE));
        }
    }

    @Test
    void numbersBeyondTheBound_areNotRemembered() {
        KeysByNumber keys = new KeysByNumber(2);
        keys.put(1, 10);
        keys.put(2, 20);
        keys.put(3, 30);

        assertThat(keys.get(2)).isEqualTo(20);
        assertThat(keys.get(3)).isEqualTo(KeysByNumber.NONE);
    }
}
