package io.inferwatt.core.energy;

import static io.inferwatt.core.energy.EnergyCounter.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnwrappingCounterTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long RANGE = 262_143_328_850L;
    private static final double CEILING_WATTS = 1000;

    private final UnwrappingCounter counter = new UnwrappingCounter(RANGE, CEILING_WATTS);

    @Test
    void step_firstReading_anchorsOnly() {
        assertThat(counter.step(5_000_000, 0)).isEqualTo(UNKNOWN);
        assertThat(counter.step(7_000_000, SECOND)).isEqualTo(2_000_000);
    }

    @Test
    void step_sameInstant_keepsTheEnergyForTheNextReading() {
        counter.step(0, 0);

        assertThat(counter.step(1_000, 0)).isZero();
        assertThat(counter.step(3_000, SECOND)).isEqualTo(3_000);
        assertThat(counter.health()).isEqualTo(CounterHealth.GOOD);
    }

    @Test
    void step_overflow_isCorrectedAndCounted() {
        counter.step(RANGE - 1_000_000, 0);

        assertThat(counter.step(500_000, SECOND)).isEqualTo(1_500_000);
        assertThat(counter.health()).isEqualTo(new CounterHealth(1, 0, 0));
    }

    @Test
    void step_decreaseFarFromTheTop_isAReset() {
        counter.step(90_000_000, 0);

        assertThat(counter.step(1_000_000, SECOND)).isEqualTo(UNKNOWN);
        assertThat(counter.step(3_000_000, 2 * SECOND)).isEqualTo(2_000_000);
        assertThat(counter.health()).isEqualTo(new CounterHealth(0, 1, 0));
    }

    @Test
    void step_decreaseWithoutRange_isAResetEvenNearTheTop() {
        UnwrappingCounter endless = new UnwrappingCounter(UnwrappingCounter.NO_RANGE, CEILING_WATTS);
        endless.step(RANGE - 1, 0);

        assertThat(endless.step(10, SECOND)).isEqualTo(UNKNOWN);
        assertThat(endless.health()).isEqualTo(new CounterHealth(0, 1, 0));
    }

    @Test
    void step_morePowerThanTheCeiling_isRefused() {
        counter.step(0, 0);

        assertThat(counter.step(1_000_000, SECOND)).isEqualTo(1_000_000);
        assertThat(counter.step(1_001_000_001, 2 * SECOND)).isEqualTo(UNKNOWN);
        assertThat(counter.step(2_001_000_001, 3 * SECOND)).isEqualTo(1_000_000_000);
        assertThat(counter.health()).isEqualTo(new CounterHealth(0, 0, 1));
    }

    @Test
    void step_slowRegisterLookedAtOften_showsTheEnergyOfAllTheTimeSinceItMoved() {
        counter.step(0, 0);
        long sum = 0;
        for (int look = 1; look <= 1_000; look++) {
            sum += counter.step(look / 100 * 90_000_000L, look * SECOND / 1_000);
        }

        assertThat(sum).isEqualTo(900_000_000);
        assertThat(counter.health()).isEqualTo(CounterHealth.GOOD);
    }

    @Test
    void step_overflowBeyondTheCeiling_countsAsImplausibleAlone() {
        counter.step(RANGE / 2 + 10, 0);

        assertThat(counter.step(0, SECOND)).isEqualTo(UNKNOWN);
        assertThat(counter.health()).isEqualTo(new CounterHealth(0, 0, 1));
    }

    @Test
    void step_pauseLongEnoughForTwoOverflows_isUnknown() {
        counter.step(0, 0);
        long pause = (long) (RANGE / (CEILING_WATTS * 1e-3)) + SECOND;

        assertThat(counter.step(5, pause)).isEqualTo(UNKNOWN);
        assertThat(counter.step(9, pause + SECOND)).isEqualTo(4);
        assertThat(counter.health()).isEqualTo(CounterHealth.GOOD);
    }

    @Test
    void step_afterForget_anchorsAnew() {
        counter.step(500, 0);
        counter.forget();

        assertThat(counter.step(100, SECOND)).isEqualTo(UNKNOWN);
        assertThat(counter.step(150, 2 * SECOND)).isEqualTo(50);
        assertThat(counter.health()).isEqualTo(CounterHealth.GOOD);
    }

    @ParameterizedTest
    @ValueSource(longs = {RANGE, 65_532_610_987L, 2_000_003L})
    void everyStreamOfTrueEnergyComesBackExactlyThroughAnyNumberOfOverflows(long range) {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            UnwrappingCounter register = new UnwrappingCounter(range, CEILING_WATTS);
            long truth = (long) (random.nextDouble() * range);
            long start = truth;
            long overflows = 0;
            long now = random.nextLong() / 4;
            register.step(truth, now);
            long sum = 0;
            for (int i = 0; i < 2_000; i++) {
                // Up to a third of the range per reading, at most the ceiling: within what a register can tell.
                long nanos = 1_000 + (long) (random.nextDouble() * range / 3 / (CEILING_WATTS * 1e-3));
                long before = truth;
                truth += (long) (random.nextDouble() * nanos * CEILING_WATTS * 1e-3);
                overflows += truth / range - before / range;
                now += nanos;
                long microjoules = register.step(truth % range, now);
                assertThat(microjoules).isEqualTo(truth - before);
                sum += microjoules;
            }
            assertThat(sum).isEqualTo(truth - start);
            assertThat(register.health()).isEqualTo(new CounterHealth(overflows, 0, 0));
            assertThat(overflows).isPositive();
        }
    }

    @Test
    void noStreamOfRandomRestartsYieldsANegativeOrHugeDifference() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            UnwrappingCounter register =
                    new UnwrappingCounter(random.nextBoolean() ? RANGE : UnwrappingCounter.NO_RANGE, CEILING_WATTS);
            long now = 0;
            long raw = 0;
            long sum = 0;
            long unknowns = 0;
            for (int i = 0; i < 500; i++) {
                long nanos = 1 + random.nextInt(2_000_000_000);
                now += nanos;
                raw = random.nextInt(4) == 0
                        ? (long) (random.nextDouble() * RANGE)
                        : Math.min(RANGE, raw + (long) (random.nextDouble() * nanos * CEILING_WATTS * 1e-3));
                long microjoules = register.step(raw, now);
                assertThat(microjoules).isGreaterThanOrEqualTo(UNKNOWN);
                sum += Math.max(0, microjoules);
                unknowns += microjoules == UNKNOWN ? 1 : 0;
                // After each anchor a slow register may show a tenth of a second from before it.
                assertThat(sum)
                        .isLessThanOrEqualTo((long) Math.ceil((now + 100_000_000L * unknowns) * CEILING_WATTS * 1e-3));
            }
        }
    }
}
