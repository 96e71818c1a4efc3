package io.inferwatt.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedHostTest {

    private static final Machine ALONE = new Machine(8, 20, 0, 60, Neighbours.NONE, Neighbours.NONE);

    private static SimulatedHost host(Machine machine, ModelLoad... loads) {
        return new SimulatedHost(machine, List.of(loads), 0, new Chance(7));
    }

    private static SimulatedHost mixed(long seed) {
        Scenario scenario = Scenarios.mixedHost(16, 0.8, 0.01);
        return new SimulatedHost(scenario.machine, scenario.models, 1, new Chance(seed));
    }

    @Test
    void aCallThatNothingSlowsTakesItsTimeAndItsPower() {
        SimulatedHost host =
                host(ALONE, ModelLoad.of("A", 0.5, 30, 2).varying(0, 0).closedLoop(1));
        host.advanceTo(0.6);
        SimulatedCall call = host.takeEnded().get(0);
        assertThat(call.endSeconds - call.beginSeconds).isCloseTo(0.5, within(1e-9));
        assertThat(call.joules).isCloseTo(15, within(1e-9));
        assertThat(host.model(0).joules()).isCloseTo(0.6 * 30, within(1e-9));
        assertThat(host.model(0).cpuSeconds()).isCloseTo(0.6 * 2, within(1e-9));
        assertThat(host.joules()).isCloseTo(0.6 * (30 + 20), within(1e-9));
    }

    @Test
    void contentionStretchesCallsAndKeepsTheirProcessorTimeAndJoules() {
        // 12 calls of 2 cores each want 24 of 8 cores.
        SimulatedHost host =
                host(ALONE, ModelLoad.of("A", 0.5, 30, 2).varying(0, 0).closedLoop(12));
        host.advanceTo(9);
        List<SimulatedCall> ended = host.takeEnded();
        assertThat(ended).hasSizeBetween(60, 72);
        for (SimulatedCall call : ended) {
            assertThat(call.endSeconds - call.beginSeconds).isCloseTo(1.5, within(1e-6));
            assertThat(call.joules).isCloseTo(15, within(1e-9));
        }
        assertThat(host.model(0).cpuSeconds()).isCloseTo(8 * 9, within(1e-6));
        assertThat(host.model(0).joules()).isCloseTo(8 * 9 * 15, within(1e-4));
    }

    @Test
    void underRandomLoadTheMachineNeverWorksMoreThanItHasCoresAndCallsAddUpToTheirModel() {
        SimulatedHost host = mixed(3);
        double[] ofCalls = new double[host.models()];
        double[] inFlight = new double[host.models()];
        double before = 0;
        for (int step = 1; step <= 500; step++) {
            host.advanceTo(step * 0.02);
            double cpu = host.runtime().cpuSeconds() + host.others().cpuSeconds();
            for (int i = 0; i < host.models(); i++) {
                cpu += host.model(i).cpuSeconds();
            }
            assertThat(cpu - before).isBetween(0.0, 16 * 0.02 + 1e-9);
            before = cpu;
        }
        for (SimulatedCall call : host.takeEnded()) {
            ofCalls[call.model] += call.joules;
            inFlight[call.model] += call.endSeconds - call.beginSeconds;
        }
        for (int i = 0; i < 3; i++) { // of short models what is still in flight is next to nothing
            assertThat(ofCalls[i])
                    .isCloseTo(
                            host.model(i).joules(), within(0.01 * host.model(i).joules()));
            assertThat(inFlight[i]).isCloseTo(host.model(i).inFlightSeconds(), within(0.01 * inFlight[i]));
        }
    }

    @Test
    void theSameSeedGivesTheSameHostHoweverOftenItIsLookedAt() {
        SimulatedHost often = mixed(5);
        for (int step = 1; step <= 3_000; step++) {
            often.advanceTo(step * 0.001);
        }
        SimulatedHost once = mixed(5);
        once.advanceTo(3);
        assertThat(often.joules()).isCloseTo(once.joules(), within(1e-6));
        assertThat(often.takeEnded()).hasSameSizeAs(once.takeEnded());

        SimulatedHost another = mixed(6);
        another.advanceTo(3);
        assertThat(another.joules()).isNotCloseTo(once.joules(), within(0.1));
    }

    @Test
    void nobodyCallsInTheQuietTime() {
        SimulatedHost host = mixed(1);
        host.advanceTo(0.999);
        assertThat(host.model(0).inFlightSeconds()).isZero();
        assertThat(host.others().joules()).isPositive();
        host.advanceTo(2);
        assertThat(host.model(0).inFlightSeconds()).isPositive();
    }

    @Test
    void spinningTakesProcessorTimeAndLingeringTakesNone() {
        ModelLoad once = ModelLoad.of("A", 0.1, 60, 4).varying(0, 0);
        ModelLoad first = ModelLoad.of("F", 0.1, 10, 1).varying(0, 0);
        first.callsPerSecond = 0.5;

        SimulatedHost spinning = host(ALONE, first.followedBy(1), once.spinning(20, 0.05));
        untilFirstEnd(spinning);
        assertThat(spinning.model(1).cpuSeconds()).isCloseTo(4 * 0.15, within(1e-6));
        assertThat(spinning.model(1).joules()).isCloseTo(6 + 1, within(1e-6));

        ModelLoad lingers = ModelLoad.of("A", 0.1, 60, 4).varying(0, 0).lingering(20, 0.05);
        SimulatedHost lingering = host(ALONE, first, lingers);
        untilFirstEnd(lingering);
        assertThat(lingering.model(1).cpuSeconds()).isCloseTo(4 * 0.1, within(1e-6));
        assertThat(lingering.model(1).joules()).isCloseTo(6 + 1, within(1e-6));
    }

    private static void untilFirstEnd(SimulatedHost host) {
        double seconds = 0;
        while (host.takeEnded().stream().noneMatch(call -> call.model == 1)) {
            seconds += 0.01;
            host.advanceTo(seconds);
        }
        host.advanceTo(seconds + 0.06);
    }

    @Test
    void callsThatBeginAfterTheChangeDrawTheNewPower() {
        SimulatedHost host = host(
                ALONE, ModelLoad.of("A", 0.1, 10, 1).varying(0, 0).closedLoop(1).changing(2, 1.5));
        host.advanceTo(4);
        assertThat(host.model(0).joules()).isCloseTo(2 * 10 + 2 * 15, within(1.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1})
    void idleEnergyIsTheIntegralOfIdlePower(double drift) {
        Machine machine = new Machine(8, 20, drift, 60, Neighbours.NONE, Neighbours.NONE);
        double joules = 0;
        for (int step = 0; step < 10_000; step++) {
            joules += 20 * (1 + drift * Math.sin(2 * Math.PI * (step + 0.5) * 0.002 / 60)) * 0.002;
        }
        assertThat(machine.idleJoules(20)).isCloseTo(joules, within(1e-3));
    }

    @Test
    void neighboursWanderAroundTheirMean() {
        Machine machine = ALONE.with(Neighbours.drawing(20, 10, 1, 12));
        SimulatedHost host = new SimulatedHost(machine, List.of(), 0, new Chance(2));
        host.advanceTo(600);
        assertThat(host.others().joules() / 600).isBetween(19.0, 22.0);
        assertThat(host.others().joules() / host.others().cpuSeconds()).isCloseTo(12, within(1e-9));
    }

    @Test
    void powerOfABatchGrowsWithItsUnitsAndTheMeterSeesThemOnlyIfKnown() {
        SimulatedHost host = host(
                ALONE,
                ModelLoad.of("A", 0.01, 10, 0).varying(0, 0).closedLoop(1).batches(List.of(1, 3), true),
                ModelLoad.of("B", 0.01, 10, 0).varying(0, 0).closedLoop(1).batches(List.of(1, 3), false));
        host.advanceTo(10);
        for (SimulatedCall call : host.takeEnded()) {
            if (call.model == 0) {
                assertThat(call.watts).isCloseTo(5.0 * call.units, within(1e-9));
            } else {
                assertThat(call.units).isEqualTo(1);
            }
        }
        assertThat(host.model(0).unitSeconds()).isBetween(18.0, 22.0);
        assertThat(host.model(1).unitSeconds()).isCloseTo(10, within(1e-6));
    }
}
