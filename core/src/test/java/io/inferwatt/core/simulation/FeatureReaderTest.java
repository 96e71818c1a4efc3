package io.inferwatt.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.attribution.TickFeatures;
import org.junit.jupiter.api.Test;

class FeatureReaderTest {

    private static final double TICK = 0.05;
    private static final int TICKS = 400;

    private final Scenario scenario = Scenarios.mixedHost(32, 0.4, TICK);
    private final SimulatedHost host = new SimulatedHost(scenario.machine, scenario.models, 0, new Chance(4));
    private final TickFeatures tick = new TickFeatures();
    private final double[] cpuSeconds = new double[scenario.models.size()];
    private double runtimeSeconds;
    private double otherSeconds;
    private double worstTick;
    private double worstStep;

    private void read(Clocks clocks, boolean othersVisible) {
        FeatureReader reader = new FeatureReader(host, clocks, 0.5, othersVisible, new Chance(5));
        double[] before = new double[cpuSeconds.length];
        for (int i = 1; i <= TICKS; i++) {
            host.advanceTo(i * TICK);
            reader.fill(tick);
            for (int model = 0; model < cpuSeconds.length; model++) {
                double seen = tick.cpuSeconds[MeterUnderTest.keyOf(model)];
                worstTick =
                        Math.max(worstTick, Math.abs(seen - (host.model(model).cpuSeconds() - before[model])));
                before[model] = host.model(model).cpuSeconds();
                cpuSeconds[model] += seen;
            }
            runtimeSeconds += tick.runtimeCpuSeconds;
            otherSeconds += tick.otherCpuSeconds;
            double steps = tick.otherCpuSeconds / 0.01;
            worstStep = Math.max(worstStep, Math.abs(steps - Math.rint(steps)));
        }
    }

    @Test
    void exactClocksShowEveryColumnAsItIs() {
        read(Clocks.EXACT, true);
        assertThat(worstTick).isLessThan(1e-8);
        assertThat(worstStep).as("no steps").isGreaterThan(0.1);
        assertThat(runtimeSeconds).isCloseTo(host.runtime().cpuSeconds(), within(1e-5));
        assertThat(otherSeconds).isCloseTo(host.others().cpuSeconds(), within(1e-5));
        assertThat(tick.seconds).isCloseTo(TICK, within(1e-9));
        assertThat(tick.hostLoad).isBetween(0.05, 1.0);
    }

    @Test
    void plainClocksAreBehindInATickButNotInTheLongRun() {
        read(Clocks.PLAIN, true);
        assertThat(worstTick).isBetween(0.0005, 0.2);
        assertThat(worstStep).as("steps of 10 ms").isLessThan(1e-6);
        for (int model = 0; model < cpuSeconds.length; model++) {
            assertThat(cpuSeconds[model]).isCloseTo(host.model(model).cpuSeconds(), within(0.1));
        }
        assertThat(runtimeSeconds).isCloseTo(host.runtime().cpuSeconds(), within(0.5));
        assertThat(otherSeconds).isCloseTo(host.others().cpuSeconds(), within(0.5));
    }

    @Test
    void hiddenNeighboursHaveNoColumnAndNoPartInTheLoad() {
        read(Clocks.EXACT, false);
        assertThat(otherSeconds).isZero();
        assertThat(runtimeSeconds).isCloseTo(host.runtime().cpuSeconds(), within(1e-5));
    }

    @Test
    void inFlightAndUnitsAreThoseOfTheTick() {
        FeatureReader reader = new FeatureReader(host, Clocks.EXACT, 0.5, true, new Chance(5));
        host.advanceTo(3);
        reader.fill(tick);
        double before = host.model(9).inFlightSeconds();
        assertThat(tick.inFlightSeconds[MeterUnderTest.keyOf(9)])
                .isEqualTo(before)
                .isPositive();
        host.advanceTo(3.1);
        reader.fill(tick);
        assertThat(tick.inFlightSeconds[MeterUnderTest.keyOf(9)])
                .isCloseTo(host.model(9).inFlightSeconds() - before, within(1e-12));
        assertThat(tick.unitSeconds[MeterUnderTest.keyOf(9)])
                .isCloseTo(tick.inFlightSeconds[MeterUnderTest.keyOf(9)], within(1e-12));
    }
}
