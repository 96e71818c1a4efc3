package io.inferwatt.exporters.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnappyTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 59, 60, 61, 127, 128, 255, 256, 257, 65535, 65536, 65537, 200_000})
    void anotherReader_getsTheSameBytesBack(int length) {
        Random random = new Random(length);
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        byte[] same = new byte[length];
        byte[] few = new byte[length];
        for (int i = 0; i < length; i++) {
            few[i] = (byte) random.nextInt(3);
        }
        for (byte[] input : new byte[][] {noise, same, few}) {
            byte[] block = Snappy.compress(input);
            assertThat(org.iq80.snappy.Snappy.uncompress(block, 0, block.length))
                    .isEqualTo(input);
        }
    }

    @Test
    void repetition_isSmall() {
        byte[] labels = "inferwatt_request_energy_joules_bucket{model=\"minilm\"}"
                .repeat(1000)
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Snappy.compress(labels)).hasSizeLessThan(labels.length / 15);
    }
}
