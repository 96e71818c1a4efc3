package io.inferwatt.core.simulation;

/** Counts everything, shows it at its updates. The first update comes at a random moment of the first interval. */
final class EnergyRegister implements SimulatedCounter {

    private final CounterModel model;
    private final Chance random;
    private final double phase;
    private final DelayedReadings readings;
    private long updates;
    private double next;

    EnergyRegister(CounterModel model, Chance random) {
        this.model = model;
        this.random = random;
        this.phase = random.uniform() * model.intervalSeconds();
        this.readings = new DelayedReadings(model.lagSeconds(), model.intervalSeconds() - 2 * model.jitterSeconds());
        plan();
    }

    private void plan() {
        double jitter = (2 * random.uniform() - 1) * model.jitterSeconds();
        next = Math.max(next, phase + updates * model.intervalSeconds() + jitter);
    }

    @Override
    public double nextSampleSeconds() {
        return next;
    }

    @Override
    public void sample(double joules) {
        readings.add(next, model.inSteps(joules));
        updates++;
        plan();
    }

    @Override
    public long microjoules(double seconds) {
        return readings.shown(seconds);
    }
}
