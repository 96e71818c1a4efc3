package io.inferwatt.core.simulation;

/**
 * What a counter is like.
 *
 * @param intervalSeconds from one update to the next
 * @param jitterSeconds an update comes up to so much earlier or later
 * @param lagSeconds how long an update takes to become visible
 * @param stepMicrojoules smallest step
 * @param duty the part of each interval, its end, that is looked at and taken for the whole
 * @param noise relative standard deviation of an interval's energy
 */
record CounterModel(
        double intervalSeconds,
        double jitterSeconds,
        double lagSeconds,
        double stepMicrojoules,
        double duty,
        double noise) {

    /** As a processor package counts: every millisecond, in steps of 2^-14 J. */
    static CounterModel rapl() {
        return rapl(0.001);
    }

    static CounterModel rapl(double intervalSeconds) {
        return new CounterModel(intervalSeconds, 0.02 * intervalSeconds, 0, 1e6 / (1 << 14), 1, 0);
    }

    /** As a GPU driver counts: in millijoules, 1 % noise. */
    static CounterModel nvml(double intervalSeconds, double lagSeconds, double duty) {
        return new CounterModel(intervalSeconds, 0, lagSeconds, 1000, duty, 0.01);
    }

    CounterModel withoutNoise() {
        return new CounterModel(intervalSeconds, jitterSeconds, lagSeconds, stepMicrojoules, duty, 0);
    }

    SimulatedCounter start(Chance random) {
        return duty < 1 || noise > 0 ? new SampledPowerCounter(this, random) : new EnergyRegister(this, random);
    }

    long inSteps(double joules) {
        return Math.round(Math.floor(joules * 1e6 / stepMicrojoules) * stepMicrojoules);
    }
}
