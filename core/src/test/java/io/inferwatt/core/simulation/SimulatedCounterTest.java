package io.inferwatt.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SimulatedCounterTest {

    private static final DoubleUnaryOperator HUNDRED_WATTS = seconds -> 100 * seconds;

    private static void follow(SimulatedCounter counter, DoubleUnaryOperator joules, double until) {
        while (counter.nextSampleSeconds() <= until) {
            counter.sample(joules.applyAsDouble(counter.nextSampleSeconds()));
        }
    }

    @Test
    void rapl_isBehindTheHostsPartsByLessThanAnUpdateAndNeverAhead() {
        Scenario scenario = Scenarios.mixedHost(16, 0.8, 0.01);
        SimulatedHost host = new SimulatedHost(scenario.machine, scenario.models, 0, new Chance(1));
        SimulatedCounter counter = CounterModel.rapl().start(new Chance(2));
        double atUpdate = 0;
        for (int step = 1; step <= 2_000; step++) {
            double now = step * 0.0015;
            while (counter.nextSampleSeconds() <= now) {
                host.advanceTo(counter.nextSampleSeconds());
                atUpdate = Tally.truth(host).runtime()
                        + Tally.truth(host).other()
                        + Tally.truth(host).idle();
                for (double model : Tally.truth(host).models()) {
                    atUpdate += model;
                }
                counter.sample(host.joules());
            }
            host.advanceTo(now);
            assertThat(atUpdate - counter.microjoules(now) / 1e6).isBetween(-2e-6, 62e-6);
        }
    }

    @Test
    void rapl_updatesOnceInEachInterval() {
        SimulatedCounter counter = CounterModel.rapl(0.1).start(new Chance(1));
        follow(counter, HUNDRED_WATTS, 0.35);
        long before = counter.microjoules(0.35);
        follow(counter, HUNDRED_WATTS, 0.45);
        assertThat((counter.microjoules(0.45) - before) / 1e6).isCloseTo(10, within(0.5));
    }

    @Test
    void sampledPower_thatLooksAllTheTimeWithoutLagCountsTheTruth() {
        SimulatedCounter counter =
                new SampledPowerCounter(CounterModel.nvml(0.1, 0, 1).withoutNoise(), new Chance(3));
        DoubleUnaryOperator wavy = seconds -> 100 * seconds + 20 * Math.sin(7 * seconds);
        double firstLook = counter.nextSampleSeconds();
        double lastLook = 0;
        while (counter.nextSampleSeconds() <= 60) {
            lastLook = counter.nextSampleSeconds();
            counter.sample(wavy.applyAsDouble(lastLook));
        }
        double truth = wavy.applyAsDouble(lastLook) - wavy.applyAsDouble(firstLook);
        assertThat(counter.microjoules(60) / 1e6).isCloseTo(truth, within(0.0011));
    }

    @Test
    void sampledPower_takesTheEndOfAnIntervalForTheWhole() {
        CounterModel quarter = CounterModel.nvml(0.1, 0, 0.25).withoutNoise();
        SimulatedCounter steady = quarter.start(new Chance(3));
        follow(steady, HUNDRED_WATTS, 10);
        assertThat(steady.microjoules(10) / 1e6).isBetween(980.0, 1000.0);

        SimulatedCounter early = quarter.start(new Chance(3));
        double start = early.nextSampleSeconds() - 0.075; // where its first interval begins
        // Power only in the first half of each interval.
        follow(
                early,
                seconds -> {
                    double intervals = (seconds - start) / 0.1;
                    double into = intervals - Math.floor(intervals);
                    return 10 * (Math.floor(intervals) + Math.min(1, 2 * into));
                },
                0.95);
        assertThat(early.microjoules(0.95)).isZero();
    }

    @Test
    void noise_scattersAroundTheTruth() {
        SimulatedCounter counter = CounterModel.nvml(0.02, 0, 1).start(new Chance(3));
        follow(counter, HUNDRED_WATTS, 100);
        assertThat(counter.microjoules(100) / 1e6)
                .isCloseTo(10_000, within(20.0))
                .isNotCloseTo(10_000, within(1e-3));
    }

    @Test
    void lag_showsAnUpdateLater() {
        CounterModel late = new CounterModel(0.01, 0, 0.05, 1, 1, 0);
        SimulatedCounter counter = late.start(new Chance(3));
        follow(counter, HUNDRED_WATTS, 1);
        assertThat(counter.microjoules(1) / 1e6).isCloseTo(95, within(1.0));
    }
}
