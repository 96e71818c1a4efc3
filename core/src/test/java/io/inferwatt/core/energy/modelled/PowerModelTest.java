package io.inferwatt.core.energy.modelled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.Machines;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.host.HostFacts;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerModelTest {

    @Test
    void everyVariantOfRandomMachines_risesWithLoad_withoutSteps_insideItsBand() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            HostFacts facts = Machines.facts(
                    "GenuineIntel",
                    1 + random.nextInt(256),
                    random.nextInt(3) == 0 ? 0 : random.nextInt(2048) * Machines.GB);
            double idle = random.nextInt(500);
            ModelConstants constants = random.nextInt(3) == 0
                    ? Machines.twoPoints(idle, idle + 1 + random.nextInt(900))
                    : ModelConstants.NONE;
            double tdp = random.nextBoolean() ? 0 : 1 + random.nextInt(1000);
            PowerModel model = PowerModel.of(facts, constants, tdp);

            double range = model.watts(1) - model.watts(0);
            double before = model.watts(0);
            assertThat(before).isNotNegative();
            for (int step = 1; step <= 1000; step++) {
                double watts = model.watts(step / 1000.0);
                assertThat(watts).isGreaterThan(before);
                assertThat(watts - before)
                        .as("steepest is 2.5 times the mean slope")
                        .isLessThan(range * 0.00252);
                before = watts;
            }
            assertThat(model.watts(-0.5)).isEqualTo(model.watts(0));
            assertThat(model.watts(1.5)).isEqualTo(model.watts(1));
            ErrorBand band = model.errorBand();
            assertThat(band.lowRatio()).isGreaterThan(0).isLessThan(1);
            assertThat(band.highRatio()).isGreaterThan(1).isLessThan(3.5);
        }
    }

    /** True over modelled energy at the 10th and 90th percentile of the fit, widened from 80 to 95 %. */
    @ParameterizedTest
    @CsvSource({"300, 256, 0.785, 1.442", "300, 0, 0.733, 1.612", "0, 32, 0.579, 2.392", "0, 0, 0.579, 2.841"})
    void errorBand_isThatOfTheEnergyOnALogarithmicScale(double tdp, long gigabytes, double low, double high) {
        HostFacts facts = Machines.facts("GenuineIntel", 8, gigabytes * Machines.GB);

        ErrorBand band = PowerModel.of(facts, ModelConstants.NONE, tdp).errorBand();

        assertThat(band.lowRatio()).isEqualTo(low, within(0.002));
        assertThat(band.highRatio()).isEqualTo(high, within(0.002));
    }

    @Test
    void errorBand_holdsThePercentilesThatItComesFrom() {
        HostFacts facts = Machines.facts("GenuineIntel", 8, 32 * Machines.GB);

        ErrorBand threads = PowerModel.of(facts, ModelConstants.NONE, 0).errorBand();
        ErrorBand tdp = PowerModel.of(facts, ModelConstants.NONE, 300).errorBand();
        ErrorBand measured =
                PowerModel.of(facts, Machines.twoPoints(50, 200), 300).errorBand();

        assertThat(threads.lowRatio()).isLessThan(1 / 1.34);
        assertThat(threads.highRatio()).isGreaterThan(1 / 0.53);
        assertThat(tdp.lowRatio()).isBetween(threads.lowRatio(), 1 / 1.16);
        assertThat(tdp.highRatio()).isBetween(1 / 0.78, threads.highRatio());
        assertThat(measured.lowRatio()).isEqualTo(0.812, within(0.001));
        assertThat(measured.highRatio()).isEqualTo(1.231, within(0.001));
    }

    @Test
    void negativeMemory_isMemoryOfUnknownSize() {
        PowerModel model = PowerModel.of(Machines.facts("GenuineIntel", 8, -1), ModelConstants.NONE, 0);

        assertThat(model.memoryWatts()).isZero();
        assertThat(model.watts(0)).isEqualTo(3.92, within(1e-9));
    }
}
