package io.inferwatt.core.simulation;

/**
 * Joules by cause, either as they truly were or as a meter has them, up to a moment or between two.
 *
 * @param models above idle, by model
 */
record Tally(double[] models, double idle, double runtime, double other) {

    static Tally truth(SimulatedHost host) {
        double[] joules = new double[host.models()];
        for (int i = 0; i < joules.length; i++) {
            joules[i] = host.model(i).joules();
        }
        return new Tally(
                joules,
                host.idleJoules(),
                host.runtime().joules(),
                host.others().joules());
    }

    static Tally books(MeterUnderTest meter, int models) {
        double[] joules = new double[models];
        for (int i = 0; i < models; i++) {
            joules[i] = meter.joules(i);
        }
        return new Tally(joules, meter.idleJoules(), meter.runtimeJoules(), meter.otherJoules());
    }

    Tally since(Tally before) {
        double[] joules = new double[models.length];
        for (int i = 0; i < joules.length; i++) {
            joules[i] = models[i] - before.models[i];
        }
        return new Tally(joules, idle - before.idle, runtime - before.runtime, other - before.other);
    }
}
