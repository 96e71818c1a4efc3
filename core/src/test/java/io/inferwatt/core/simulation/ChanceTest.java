package io.inferwatt.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ChanceTest {

    private static final int DRAWS = 200_000;

    private static double mean(ToDoubleFunction<Chance> number) {
        Chance chance = new Chance(1);
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            sum += number.applyAsDouble(chance);
        }
        return sum / DRAWS;
    }

    private static double square(double value) {
        return value * value;
    }

    @Test
    void normalNumbersHaveMean0AndVariance1() {
        assertThat(mean(Chance::normal)).isCloseTo(0, within(0.01));
        assertThat(mean(chance -> square(chance.normal()))).isCloseTo(1, within(0.02));
        // Of a normal number the fourth moment is 3, of a uniform one of the same variance 1.8.
        assertThat(mean(chance -> square(square(chance.normal())))).isCloseTo(3, within(0.1));
    }

    @Test
    void exponentialNumbersHaveMean1AndVariance1() {
        assertThat(mean(Chance::exponential)).isCloseTo(1, within(0.01));
        assertThat(mean(chance -> square(chance.exponential()))).isCloseTo(2, within(0.05));
    }

    @Test
    void aSeedGivesTheSameNumbersOnEveryJdk() {
        Chance chance = new Chance(42);
        double sum = 0;
        for (int i = 0; i < 1_000; i++) {
            sum += chance.normal()
                    + chance.exponential()
                    + chance.uniform()
                    + chance.split().below(1_000);
        }
        assertThat(sum).isEqualTo(512085.8123087473);
    }
}
