package io.inferwatt.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConservingSplitTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void parts_addUpToTheMicrojoule_andAreWithinOneOfTheirExactValue(long seed) {
        Random random = new Random(seed);
        long[] parts = new long[60];
        for (int round = 0; round < 2_000; round++) {
            int columns = 1 + random.nextInt(60);
            double[] shares = new double[60];
            for (int i = 0; i < columns; i++) {
                shares[i] = random.nextInt(3) == 0 ? 0 : Math.pow(10, random.nextInt(24) - 12) * random.nextDouble();
            }
            shares[random.nextInt(columns)] = 1e-9;
            long microjoules = Math.abs(random.nextLong()) >>> (1 + random.nextInt(60));
            double sum = Arrays.stream(shares, 0, columns).sum();

            assertThat(ConservingSplit.divide(microjoules, shares, 0, columns, parts))
                    .isTrue();
            assertThat(Arrays.stream(parts, 0, columns).sum()).isEqualTo(microjoules);
            for (int i = 0; i < columns; i++) {
                double exact = microjoules * (shares[i] / sum);
                assertThat((double) parts[i])
                        .isGreaterThanOrEqualTo(0)
                        .isCloseTo(exact, within(1 + 1e-12 * microjoules));
            }
        }
    }

    @Test
    void nothingToGoBy_dividesNothing() {
        long[] parts = {9, 9, 9};
        assertThat(ConservingSplit.divide(100, new double[] {0, -1, Double.NaN}, 0, 3, parts))
                .isFalse();
        assertThat(parts).containsOnly(0);
    }

    @Test
    void badShares_countAsNone() {
        long[] parts = new long[3];
        assertThat(ConservingSplit.divide(100, new double[] {-5, Double.NaN, 1e-300}, 0, 3, parts))
                .isTrue();
        assertThat(parts).containsExactly(0, 0, 100);
    }
}
