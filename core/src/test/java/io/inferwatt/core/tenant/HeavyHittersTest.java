package io.inferwatt.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeavyHittersTest {

    @Test
    void aslongAsThereIsRoom_everyFigureIsExact() {
        HeavyHitters hitters = new HeavyHitters(3);
        hitters.add(1, 2);
        hitters.add(2, 5);
        hitters.add(1, 1.5);
        hitters.add(2, Double.NaN);

        assertThat(hitters.heaviestFirst())
                .containsExactly(new HeavyHitters.Heavy(2, 5, 0), new HeavyHitters.Heavy(1, 3.5, 0));
        assertThat(hitters.largestError()).isZero();
        assertThat(hitters.total()).isEqualTo(8.5);
    }

    /** The promises of Space-Saving, for heavy tails as tenants have, against the exact sums. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void withMoreThanFit_noFigureIsTooLow_orTooHighByMoreThanItsError_andTheHeavyOnesAreThere(long seed) {
        Random random = new Random(seed);
        HeavyHitters hitters = new HeavyHitters(100);
        Map<Long, Double> exact = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            long id = (long) Math.pow(5_000, random.nextDouble());
            double weight = random.nextDouble() * 10;
            hitters.add(id, weight);
            exact.merge(id, weight, Double::sum);
        }

        List<HeavyHitters.Heavy> sorted = hitters.heaviestFirst();
        double total = exact.values().stream().mapToDouble(Double::doubleValue).sum();
        assertThat(sorted).hasSize(100).isSortedAccordingTo(Comparator.comparingDouble(heavy -> -heavy.weight()));
        for (HeavyHitters.Heavy heavy : sorted) {
            double truth = exact.get(heavy.id());
            assertThat(heavy.weight()).isBetween(truth - 1e-6, truth + heavy.error() + 1e-6);
            assertThat(heavy.error()).isLessThanOrEqualTo(hitters.largestError());
        }
        assertThat(hitters.total()).isCloseTo(total, within(1e-6));
        assertThat(hitters.largestError()).isBetween(0.001, total / 100);
        exact.forEach((id, weight) -> {
            if (weight > hitters.largestError()) {
                assertThat(sorted).anyMatch(heavy -> heavy.id() == id);
            }
        });
    }
}
