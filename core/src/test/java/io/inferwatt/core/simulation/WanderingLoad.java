package io.inferwatt.core.simulation;

/** The running state of {@link Neighbours}: what they demand now, what they have used. */
final class WanderingLoad {

    private final Neighbours neighbours;
    private final Chance random;
    private final double memory;
    private final double noise;
    private double wandering;
    private double demand;
    private double cpuSeconds;

    WanderingLoad(Neighbours neighbours, double stepSeconds, Chance random) {
        this.neighbours = neighbours;
        this.random = random;
        this.memory = StrictMath.exp(-stepSeconds / neighbours.memorySeconds());
        this.noise = neighbours.spread() * Math.sqrt(1 - memory * memory);
        this.wandering = neighbours.cores() + neighbours.spread() * random.normal();
        this.demand = Math.max(0, wandering);
    }

    void step() {
        wandering = neighbours.cores() + (wandering - neighbours.cores()) * memory + noise * random.normal();
        demand = Math.max(0, wandering);
    }

    double demand() {
        return demand;
    }

    void work(double fullSpeedSeconds) {
        cpuSeconds += demand * fullSpeedSeconds;
    }

    double cpuSeconds() {
        return cpuSeconds;
    }

    double joules() {
        return cpuSeconds * neighbours.wattsPerCore();
    }
}
