package io.inferwatt.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.config.AttributionMethod;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the attribution must reach on the simulated host. The bounds are wide on purpose: they catch a method that broke, and
 * {@link AttributionBenchmark} tells how good it is.
 */
class AttributionAccuracyTest {

    private static final long SEED = 11;

    /** A scenario, made anew for each run. */
    private record Situation(String name, Supplier<Scenario> scenario) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** The figure must lie from {@code least} to {@code most}. */
    private record Bound(AttributionMethod method, Situation situation, Figure figure, double least, double most) {

        @Override
        public String toString() {
            return method + ", " + situation + ": " + figure.name() + " in [" + least + ", " + most + "]";
        }
    }

    private static final Situation PAIR =
            new Situation("pair", () -> Scenarios.pair(8, 0.01).marks(20.0, 50.0));
    private static final Situation CONTENTION =
            new Situation("contention", () -> Scenarios.contention(0.9, 0.01).marks(20.0, 50.0));
    private static final Situation MIXED =
            new Situation("mixed host", () -> Scenarios.mixedHost(16, 0.8, 0.02).marks(30.0, 90.0));
    private static final Situation MIXED_PLAIN = new Situation(
            "mixed host, plain clocks",
            () -> Scenarios.mixedHost(16, 0.8, 0.05).clocks(Clocks.PLAIN).marks(30.0, 90.0));

    private static final Situation GPU = new Situation(
            "gpu",
            () -> Scenarios.gpu(8, CounterModel.nvml(0.1, 0.05, 0.25), 0.01).marks(70.0, 130.0));
    private static final Situation SLOW = new Situation(
            "slow counter",
            () -> Scenarios.pair(8, 0.01).counter(CounterModel.rapl(0.1)).marks(60.0, 120.0));
    private static final Situation NEIGHBOURS = new Situation(
            "neighbours", () -> Scenarios.noisyNeighbour(true, 0.05).marks(60.0, 120.0));
    private static final Situation SPINNING =
            new Situation("spinning", () -> Scenarios.spinning(0.05, 0.01).marks(60.0, 120.0));

    /** Ticks that get longer in the midst, and shorter again; the figures are of the time from one mark to the next, with both. */
    private static final Situation LENGTHENED = new Situation(
            "mixed host, lengthened to 640 ms",
            () -> Scenarios.mixedHost(16, 0.8, 0.02)
                    .dividedOver(0.016)
                    .lengthened(40, 80, 0.64)
                    .marks(40.0, 100.0));

    private static final Situation SECONDS = new Situation(
            "mixed host, lengthened to 1 s for good",
            () -> Scenarios.mixedHost(16, 0.8, 0.02)
                    .dividedOver(0.016)
                    .lengthened(10, 1000, 1)
                    .marks(40.0, 160.0));

    private static final Situation GPU_LENGTHENED = new Situation(
            "gpu, lengthened to 640 ms",
            () -> Scenarios.gpu(8, CounterModel.nvml(0.1, 0.05, 0.25), 0.01)
                    .lengthened(70, 110, 0.64)
                    .marks(70.0, 130.0));

    /** One line for each promise; a new method's go here. */
    static Stream<Bound> bounds() {
        return Stream.of(
                new Bound(AttributionMethod.LEARNED, MIXED, Figure.weightedBias(), 0, 3),
                new Bound(AttributionMethod.LEARNED, MIXED, Figure.coverage(), 70, 100),
                new Bound(AttributionMethod.LEARNED, MIXED_PLAIN, Figure.weightedBias(), 0, 4),
                new Bound(AttributionMethod.LEARNED, LENGTHENED, Figure.weightedBias(), 0, 4),
                new Bound(AttributionMethod.LEARNED, SECONDS, Figure.weightedBias(), 0, 9),
                new Bound(AttributionMethod.LEARNED, GPU_LENGTHENED, Figure.bias("A", 0), -20, 20),
                new Bound(AttributionMethod.LEARNED, GPU_LENGTHENED, Figure.bias("B", 1), -6, 6),
                new Bound(AttributionMethod.LEARNED, PAIR, Figure.bias("A", 0), -10, 10),
                new Bound(AttributionMethod.LEARNED, PAIR, Figure.bias("B", 1), -2, 2),
                new Bound(AttributionMethod.LEARNED, CONTENTION, Figure.bias("A", 0), -4, 4),
                new Bound(AttributionMethod.LEARNED, CONTENTION, Figure.bias("B", 1), -4, 4),
                new Bound(AttributionMethod.LEARNED, SLOW, Figure.bias("A", 0), -20, 20),
                new Bound(AttributionMethod.LEARNED, SLOW, Figure.bias("B", 1), -3, 3),
                new Bound(AttributionMethod.LEARNED, GPU, Figure.bias("A", 0), -12, 12),
                new Bound(AttributionMethod.LEARNED, GPU, Figure.bias("B", 1), -4, 4),
                new Bound(AttributionMethod.LEARNED, NEIGHBOURS, Figure.weightedBias(), 0, 4),
                new Bound(AttributionMethod.LEARNED, SPINNING, Figure.bias("A", 0), -8, 8),
                new Bound(AttributionMethod.LEARNED, SPINNING, Figure.bias("B", 1), -12, 12),
                new Bound(AttributionMethod.CPU_SHARE, MIXED, Figure.weightedBias(), 8, 25),
                new Bound(AttributionMethod.CPU_SHARE, MIXED_PLAIN, Figure.weightedBias(), 8, 25),
                new Bound(AttributionMethod.CPU_SHARE, PAIR, Figure.bias("A", 0), 60, 100),
                new Bound(AttributionMethod.CPU_SHARE, PAIR, Figure.bias("B", 1), -12, -4),
                new Bound(AttributionMethod.CPU_SHARE, CONTENTION, Figure.bias("A", 0), 25, 60),
                new Bound(AttributionMethod.CPU_SHARE, CONTENTION, Figure.bias("B", 1), -35, -15),
                new Bound(AttributionMethod.EQUAL, MIXED, Figure.weightedBias(), 40, 90),
                new Bound(AttributionMethod.EQUAL, PAIR, Figure.bias("A", 0), 400, 650),
                new Bound(AttributionMethod.EQUAL, PAIR, Figure.bias("B", 1), -55, -30));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void staysWithinItsBounds(Bound bound) {
        Outcome outcome = SimulatedRun.of(bound.situation().scenario().get(), SEED, bound.method())
                .get(0);
        assertThat(bound.figure().value().applyAsDouble(outcome)).isBetween(bound.least(), bound.most());
    }

    static Stream<Situation> situations() {
        CounterModel gpuCounter = CounterModel.nvml(0.1, 0.05, 0.25);
        return Stream.of(
                new Situation("pair", () -> Scenarios.pair(4, 0.01)),
                new Situation("drifting idle", () -> Scenarios.driftingIdle(4, 0.1)),
                new Situation("contention", () -> Scenarios.contention(0.97, 0.01)),
                new Situation("mixed host", () -> Scenarios.mixedHost(16, 0.8, 0.02)),
                new Situation(
                        "plain clocks", () -> Scenarios.mixedHost(32, 0.4, 0.05).clocks(Clocks.PLAIN)),
                new Situation("slow counter", () -> Scenarios.pair(4, 0.02).counter(CounterModel.rapl(0.1))),
                new Situation("visible neighbours", () -> Scenarios.noisyNeighbour(true, 0.05)),
                new Situation("hidden neighbours", () -> Scenarios.noisyNeighbour(false, 0.05)),
                new Situation("gpu", () -> Scenarios.gpu(8, gpuCounter, 0.01)),
                new Situation("lingering", () -> Scenarios.lingering(0.5, 0.01)),
                new Situation("spinning", () -> Scenarios.spinning(0.05, 0.01)),
                new Situation("pipeline", () -> Scenarios.pipeline(0.05)),
                new Situation("batching", () -> Scenarios.batching(true, 0.02)),
                new Situation(
                        "lengthened",
                        () -> Scenarios.mixedHost(16, 0.8, 0.02)
                                .dividedOver(0.016)
                                .lengthened(2, 4, 0.64)),
                new Situation(
                        "gpu, lengthened",
                        () -> Scenarios.gpu(8, gpuCounter, 0.01).lengthened(2, 4, 1)));
    }

    @ParameterizedTest
    @MethodSource("situations")
    void everyMethodAddsUpToTheMicrojouleInEveryTick(Situation situation) {
        Scenario scenario = situation.scenario().get().marks(1.0, 5.0);
        for (Outcome outcome : SimulatedRun.of(scenario, SEED, AttributionMethod.values())) {
            assertThat(outcome.worstResidualMicrojoules())
                    .as("%s", outcome.method())
                    .isZero();
            assertThat(outcome.unbookedMicrojoules()).as("%s", outcome.method()).isNotNegative();
            assertThat(outcome.modelsResidualMicrojoules())
                    .as("%s", outcome.method())
                    .isZero();
            assertThat(outcome.idleOfModels()).as("%s", outcome.method()).isBetween(0.1, 1.0);
            for (double joules : outcome.last().books().models()) {
                assertThat(joules).as("%s", outcome.method()).isNotNegative();
            }
        }
    }

    @Test
    void settledCallsHaveTheirModelsJoules() {
        for (Outcome outcome : SimulatedRun.of(MIXED.scenario().get(), SEED, AttributionMethod.values())) {
            for (int shortModel = 0; shortModel < 7; shortModel++) {
                assertThat(outcome.settledParts()[shortModel])
                        .as("%s, m%d", outcome.method(), shortModel)
                        .isBetween(0.98, 1.0001);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameFigures() {
        Scenario scenario = Scenarios.mixedHost(16, 0.8, 0.02).marks(1.0, 3.0);
        List<Double> first = biases(scenario, 1);
        assertThat(biases(scenario, 1)).isEqualTo(first);
        assertThat(biases(scenario, 2)).isNotEqualTo(first);
    }

    private static List<Double> biases(Scenario scenario, long seed) {
        return SimulatedRun.of(scenario, seed, AttributionMethod.values()).stream()
                .map(Outcome::weightedBiasPercent)
                .toList();
    }

    @Test
    void truthAndBooksOfAPerfectlyPlainRunAgree() {
        // One model, nothing beside it: every method must find its energy.
        Machine alone = new Machine(8, 20, 0, 60, Neighbours.NONE, Neighbours.NONE);
        Scenario scenario = Scenario.of(
                        alone, List.of(ModelLoad.of("A", 0.05, 40, 4).inFlight(1)), 0.01)
                .marks(5.0, 25.0);
        for (Outcome outcome : SimulatedRun.of(scenario, SEED, AttributionMethod.values())) {
            assertThat(outcome.biasPercent(0)).as("%s", outcome.method()).isBetween(-1.0, 1.0);
            assertThat(outcome.calls().count(0)).isGreaterThan(200);
            assertThat(outcome.calls().median(0)).as("%s", outcome.method()).isLessThan(15);
        }
    }
}
