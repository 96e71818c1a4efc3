package io.inferwatt.core.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IntegratedPowerTest {

    private static final long SECOND = 1_000_000_000L;

    private final IntegratedPower power = new IntegratedPower(1000);

    @Test
    void step_firstReading_isUnknown() {
        assertThat(power.step(50e6, 7 * SECOND)).isEqualTo(EnergyCounter.UNKNOWN);
    }

    @Test
    void step_risingPower_takesTheMeanOfBothEnds() {
        power.step(50e6, 0);

        assertThat(power.step(150e6, SECOND)).isEqualTo(100_000_000);
    }

    @Test
    void step_sameInstant_addsNothing() {
        power.step(50e6, 0);
        power.step(50e6, SECOND);

        assertThat(power.step(900e6, SECOND)).isZero();
    }

    @Test
    void step_manySmallSteps_loseNothing() {
        Random random = new Random(5);
        power.step(3.3e6, 0);
        long now = 0;
        long sum = 0;
        for (int i = 0; i < 10_000; i++) {
            now += random.nextInt(1_000);
            sum += power.step(3.3e6, now);
        }

        assertThat(sum).isCloseTo(Math.round(3.3e-3 * now), within(1L));
    }

    @Test
    void step_negativeNoNumberOrBeyondTheCeiling_isUnknownAndSoIsTheNext() {
        for (double wrong : new double[] {-1, Double.NaN, 1001e6}) {
            IntegratedPower fresh = new IntegratedPower(1000);
            fresh.step(50e6, 0);

            assertThat(fresh.step(wrong, SECOND)).isEqualTo(EnergyCounter.UNKNOWN);
            assertThat(fresh.step(50e6, 2 * SECOND)).isEqualTo(EnergyCounter.UNKNOWN);
            assertThat(fresh.step(50e6, 3 * SECOND)).isEqualTo(50_000_000);
            assertThat(fresh.health().implausible()).isEqualTo(1);
        }
    }

    @Test
    void step_afterAPauseOfTwoMinutes_isUnknown() {
        power.step(50e6, 0);

        assertThat(power.step(50e6, 120 * SECOND)).isEqualTo(EnergyCounter.UNKNOWN);
    }
}
