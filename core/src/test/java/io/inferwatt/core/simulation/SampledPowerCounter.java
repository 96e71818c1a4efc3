package io.inferwatt.core.simulation;

/** Looks at the end of each interval only and takes that, with some noise, for the whole of it. */
final class SampledPowerCounter implements SimulatedCounter {

    private final CounterModel model;
    private final Chance random;
    private final double phase;
    private final DelayedReadings readings;
    private long updates;
    private boolean looking;
    private double joulesBefore;
    private double counted;

    SampledPowerCounter(CounterModel model, Chance random) {
        this.model = model;
        this.random = random;
        this.phase = random.uniform() * model.intervalSeconds();
        this.readings = new DelayedReadings(model.lagSeconds(), model.intervalSeconds());
    }

    @Override
    public double nextSampleSeconds() {
        double intervals = updates + (looking ? 1 : 1 - model.duty());
        return phase + intervals * model.intervalSeconds();
    }

    @Override
    public void sample(double joules) {
        if (looking) {
            double noise = Math.max(0, 1 + model.noise() * random.normal());
            counted += (joules - joulesBefore) / model.duty() * noise;
            readings.add(nextSampleSeconds(), model.inSteps(counted));
            updates++;
        } else {
            joulesBefore = joules;
        }
        looking = !looking;
    }

    @Override
    public long microjoules(double seconds) {
        return readings.shown(seconds);
    }
}
