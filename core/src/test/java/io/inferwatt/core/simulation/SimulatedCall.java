package io.inferwatt.core.simulation;

/**
 * A call as it truly was. What its model draws after the last call (spinning, lingering) belongs to the model, to no call.
 */
final class SimulatedCall {

    final int model;
    final double beginSeconds;
    final int units;
    final double watts;
    final double joules;

    /** The host's full-speed time at which its work is done. */
    final double done;

    double endSeconds;

    SimulatedCall(int model, double beginSeconds, int units, double watts, double fullSpeedSeconds, double begun) {
        this.model = model;
        this.beginSeconds = beginSeconds;
        this.units = units;
        this.watts = watts;
        this.joules = watts * fullSpeedSeconds;
        this.done = begun + fullSpeedSeconds;
    }
}
