package io.inferwatt.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IdleBaselineTest {

    @Test
    void statedWatts_win() {
        IdleBaseline baseline = new IdleBaseline(30);
        baseline.observe(5, 1, 0.01, 0);
        assertThat(baseline.watts(22)).isEqualTo(22);
    }

    @Test
    void untilQuietTicksWereSeen_theModelOrTheLowestPowerStandsIn() {
        IdleBaseline baseline = new IdleBaseline(30);
        assertThat(baseline.watts(Double.NaN)).isEqualTo(30);
        baseline.observe(24, 1, 0.8, 1);
        assertThat(baseline.watts(Double.NaN)).isEqualTo(24);
        assertThat(new IdleBaseline(Double.NaN).watts(Double.NaN)).isNaN();
    }

    @Test
    void quietTicks_giveTheFloor_andBusyOnesDoNotMoveIt() {
        IdleBaseline baseline = new IdleBaseline(30);
        Random random = new Random(1);
        for (int i = 0; i < 400; i++) {
            baseline.observe(20 + random.nextDouble(), 1, 0.02, 0);
            baseline.observe(90, 1, 0.9, 1);
        }
        assertThat(baseline.watts(Double.NaN)).isCloseTo(20.5, within(0.1));
    }

    @Test
    void ticksInWhichTheCounterDidNotMove_areNoIdlePower() {
        IdleBaseline baseline = new IdleBaseline(30);
        baseline.observe(0, 0.00005, 0.5, 0);
        for (int i = 0; i < 100; i++) {
            baseline.observe(i % 10 == 9 ? 2.5 : 0, 0.01, 0.9, 0);
        }
        assertThat(baseline.watts(Double.NaN)).isCloseTo(25, within(0.1));
        baseline.observe(0, 20, 0.9, 0);
        assertThat(baseline.watts(Double.NaN)).isCloseTo(25, within(0.1));
    }

    @Test
    void unknownLoad_isNotTakenForQuiet() {
        IdleBaseline baseline = new IdleBaseline(30);
        for (int i = 0; i < 100; i++) {
            baseline.observe(90, 1, Double.NaN, 1);
        }
        assertThat(baseline.watts(Double.NaN)).isEqualTo(30);
    }
}
