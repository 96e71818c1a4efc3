package io.inferwatt.core.simulation;

import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import java.util.List;

/** The situations that the accuracy of the attribution is judged by. */
final class Scenarios {

    static final Domain GPU = new Domain(Component.GPU, "gpu:simulated");

    private static final double[] MIXED_SECONDS = {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5};
    private static final double[] MIXED_WATTS = {4, 6, 8, 14, 18, 24, 36, 50, 60, 90};
    private static final double[] MIXED_CORES = {1, 1, 1, 2, 2, 3, 4, 5, 6, 8};

    private Scenarios() {}

    private static ModelLoad small() {
        return ModelLoad.of("A", 0.001, 5, 1);
    }

    private static ModelLoad large() {
        return ModelLoad.of("B", 0.2, 60, 6);
    }

    /** Five calls a second, so that its tails often last. */
    private static ModelLoad rare() {
        return ModelLoad.of("B", 0.06, 60, 6).inFlight(0.3);
    }

    /** A small and a large model with as many calls in flight on a host that has cores for all. */
    static Scenario pair(double inFlight, double tickSeconds) {
        return Scenario.of(
                Machine.withCores(128),
                List.of(small().inFlight(inFlight / 2), large().inFlight(inFlight / 2)),
                tickSeconds);
    }

    /** The same with idle power that drifts by a tenth within a minute. */
    static Scenario driftingIdle(double inFlight, double tickSeconds) {
        return Scenario.of(
                Machine.withCores(128).drifting(0.1, 60),
                List.of(small().inFlight(inFlight / 2), large().inFlight(inFlight / 2)),
                tickSeconds);
    }

    /** Eight cores, half of the load by each of two models, of which one draws twice as much on a core. */
    static Scenario contention(double load, double tickSeconds) {
        double cores = 8 * load / 2;
        return Scenario.of(
                Machine.withCores(8).with(new Neighbours(0.1, 0.04, 1, 12)),
                List.of(
                        ModelLoad.of("A", 0.001, 5, 1).inFlight(cores),
                        ModelLoad.of("B", 0.2, 30, 3).inFlight(cores / 3)),
                tickSeconds);
    }

    /** Ten models from 0.5 ms on one core at 4 W to 500 ms on eight at 90 W, each with as many calls in flight. */
    static Scenario mixedHost(int cores, double load, double tickSeconds) {
        return Scenario.of(Machine.withCores(cores), mixedModels(cores * load), tickSeconds);
    }

    private static List<ModelLoad> mixedModels(double busyCores) {
        double coresOfAll = 0;
        for (double cores : MIXED_CORES) {
            coresOfAll += cores;
        }
        ModelLoad[] models = new ModelLoad[MIXED_CORES.length];
        for (int i = 0; i < models.length; i++) {
            models[i] = ModelLoad.of("m" + i, MIXED_SECONDS[i], MIXED_WATTS[i], MIXED_CORES[i])
                    .inFlight(busyCores / coresOfAll);
        }
        return List.of(models);
    }

    /**
     * Two cores, of which other processes use one: whenever a model runs, they get less. A small model and a large one that
     * draws four times as much for a second of processor time.
     */
    static Scenario crowdedHost(double tickSeconds) {
        return Scenario.of(
                Machine.withCores(2).with(new Neighbours(1, 0.3, 1, 12)),
                List.of(
                        ModelLoad.of("A", 0.003, 10, 1).inFlight(0.045),
                        ModelLoad.of("B", 0.065, 40, 1).inFlight(0.26)),
                tickSeconds);
    }

    /** The ten models beside other processes that draw 20 W, give or take 10. */
    static Scenario noisyNeighbour(boolean visible, double tickSeconds) {
        Scenario scenario = Scenario.of(
                Machine.withCores(32).with(Neighbours.drawing(20, 10, 1, 12)), mixedModels(32 * 0.4), tickSeconds);
        return visible ? scenario : scenario.othersHidden();
    }

    /** Two models on a GPU with as many calls in flight; the processors have next to nothing to do meanwhile. */
    static Scenario gpu(double inFlight, CounterModel counter, double tickSeconds) {
        return Scenario.of(
                        Machine.gpu(70),
                        List.of(
                                ModelLoad.of("A", 0.02, 80, 0).inFlight(inFlight / 2),
                                ModelLoad.of("B", 0.2, 250, 0).inFlight(inFlight / 2)),
                        tickSeconds)
                .on(GPU)
                .counter(counter);
    }

    /** As {@link #gpu}, eight calls in flight, beside another process that draws 100 W give or take 60. */
    static Scenario sharedGpu(boolean othersVisible, double tickSeconds) {
        Scenario scenario = Scenario.of(
                        Machine.gpu(70).with(Neighbours.drawing(100, 60, 1, 200)),
                        List.of(
                                ModelLoad.of("A", 0.02, 80, 0).inFlight(4),
                                ModelLoad.of("B", 0.2, 250, 0).inFlight(4)),
                        tickSeconds)
                .on(GPU)
                .counter(CounterModel.nvml(0.1, 0, 1));
        return othersVisible ? scenario : scenario.othersHidden();
    }

    /** The device stays at 20 W for a while after B's last call. */
    static Scenario lingering(double tailSeconds, double tickSeconds) {
        return Scenario.of(
                Machine.withCores(32), List.of(small().inFlight(7), rare().lingering(20, tailSeconds)), tickSeconds);
    }

    /** B's threads spin at 20 W for a while after its last call. */
    static Scenario spinning(double tailSeconds, double tickSeconds) {
        return Scenario.of(
                Machine.withCores(32), List.of(small().inFlight(7), rare().spinning(20, tailSeconds)), tickSeconds);
    }

    /** B always follows A. */
    static Scenario pipeline(double tickSeconds) {
        return Scenario.of(
                Machine.withCores(64),
                List.of(ModelLoad.of("A", 0.06, 40, 6).inFlight(2).followedBy(1), ModelLoad.of("B", 0.02, 60, 6)),
                tickSeconds);
    }

    /** After five minutes A draws half of what it did and B half as much again; marks from then on. */
    static Scenario regimeChange(double tickSeconds) {
        double change = 300;
        return Scenario.of(
                        Machine.withCores(128),
                        List.of(
                                small().inFlight(4).changing(change, 0.5),
                                large().inFlight(4).changing(change, 1.5)),
                        tickSeconds)
                .marks(change - 60, change, change + 5, change + 15, change + 60, change + 150);
    }

    /** Batches of 1 to 16 on a GPU, power in proportion; the meter knows the sizes or does not. */
    static Scenario batching(boolean known, double tickSeconds) {
        List<Integer> sizes = List.of(1, 2, 4, 8, 16);
        return Scenario.of(
                        Machine.gpu(70),
                        List.of(
                                ModelLoad.of("A", 0.02, 80, 0).inFlight(4).batches(sizes, known),
                                ModelLoad.of("B", 0.2, 250, 0).inFlight(4).batches(sizes, known)),
                        tickSeconds)
                .on(GPU)
                .counter(CounterModel.nvml(0.02, 0, 1));
    }
}
