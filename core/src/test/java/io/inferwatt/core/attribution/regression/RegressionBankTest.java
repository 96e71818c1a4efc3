package io.inferwatt.core.attribution.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegressionBankTest {

    private static final double TICK_SECONDS = 0.02;

    private final double[] weights = {20, 5, 12, 0, 7, 33};
    private final double[] x = new double[weights.length];

    private void draw(Random random) {
        x[0] = TICK_SECONDS;
        for (int i = 1; i < x.length; i++) {
            x[i] = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.05;
        }
    }

    private double observed(Random random, double noise) {
        double y = 0;
        for (int i = 0; i < x.length; i++) {
            y += weights[i] * x[i] * (1 + noise * random.nextGaussian());
        }
        return y;
    }

    private RegressionBank learned(long seed, double noise, double seconds) {
        Random random = new Random(seed);
        RegressionBank bank = new RegressionBank(8);
        for (int i = 0; i < x.length; i++) {
            bank.setPrior(i, 10, 10);
        }
        for (double t = 0; t < seconds; t += TICK_SECONDS) {
            draw(random);
            bank.observe(x, x.length, observed(random, noise), TICK_SECONDS, 1e-6);
        }
        return bank;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void weightsAreFound_alsoThoseThatAreZero(long seed) {
        RegressionBank bank = learned(seed, 0.1, 60);
        for (int i = 0; i < weights.length; i++) {
            assertThat(bank.weight(i)).as("column " + i).isCloseTo(weights[i], within(0.4));
        }
    }

    @Test
    void withoutData_theWeightIsThePrior_andASilentColumnKeepsWhatItLearned() {
        RegressionBank bank = learned(1, 0.1, 60);
        bank.setPrior(6, 17, 17);
        assertThat(bank.weight(6)).isEqualTo(17);

        Random random = new Random(2);
        for (int i = 0; i < 50 * 60; i++) {
            draw(random);
            x[5] = 0;
            bank.observe(x, x.length, observed(random, 0.1), TICK_SECONDS, 1e-6);
        }
        assertThat(bank.weight(5)).isCloseTo(33, within(1.0));
    }

    @Test
    void changedWeight_isFollowedWithinSeconds() {
        RegressionBank bank = learned(3, 0.1, 300);
        weights[4] = 14;
        Random random = new Random(4);
        for (int i = 0; i < 50 * 20; i++) {
            draw(random);
            bank.observe(x, x.length, observed(random, 0.1), TICK_SECONDS, 1e-6);
        }
        assertThat(bank.weight(4)).isCloseTo(14, within(1.0));
        assertThat(bank.weight(5)).isCloseTo(33, within(1.0));
    }

    @Test
    void standardError_coversTheTruth() {
        int covered = 0;
        int all = 0;
        for (long seed = 10; seed < 50; seed++) {
            RegressionBank bank = learned(seed, 0.3, 120);
            Posterior posterior = bank.posterior(x.length);
            for (int i : new int[] {0, 1, 2, 4, 5}) {
                all++;
                if (Math.abs(bank.weight(i) - weights[i]) < 1.96 * posterior.standardError(i)) {
                    covered++;
                }
            }
        }
        assertThat((double) covered / all).isBetween(0.85, 1.0);
    }

    @Test
    void columnsThatAlwaysMoveTogether_areToldByTheirCorrelation() {
        Random random = new Random(5);
        RegressionBank bank = new RegressionBank(8);
        for (int i = 0; i < x.length; i++) {
            bank.setPrior(i, 10, 10);
        }
        for (int i = 0; i < 50 * 60; i++) {
            draw(random);
            x[5] = 2 * x[4];
            bank.observe(x, x.length, observed(random, 0.1), TICK_SECONDS, 1e-6);
        }
        Posterior posterior = bank.posterior(x.length);
        assertThat(posterior.correlation(4, 5)).isLessThan(-0.95);
        assertThat(Math.abs(posterior.correlation(1, 2))).isLessThan(0.5);
        boolean[] both = {false, false, false, false, true, true};
        boolean[] one = {false, false, false, false, true, false};
        assertThat(posterior.relativeErrorOfShare(both, 6)).isLessThan(0.01);
        assertThat(posterior.relativeErrorOfShare(one, 6)).isGreaterThan(0.05);
        assertThat(bank.weight(4) + 2 * bank.weight(5)).isCloseTo(7 + 2 * 33, within(1.0));
    }
}
