package io.inferwatt.core.simulation;

import io.inferwatt.core.energy.Domain;
import java.util.List;

/** A host, the way it is metered, and when. Set up once, then only read. */
final class Scenario {

    final Machine machine;
    final List<ModelLoad> models;
    final double tickSeconds;

    Domain domain = Domain.CPU;
    CounterModel counter = CounterModel.rapl();
    double counterWaitSeconds = 0.0005;
    Clocks clocks = Clocks.EXACT;
    double poolPart = 0.5;
    boolean othersVisible = true;

    /** No shorter time is divided. */
    double leastSeconds;

    private double longFromSeconds = Double.POSITIVE_INFINITY;
    private double longUntilSeconds = Double.POSITIVE_INFINITY;
    private double longTickSeconds;

    /** What a power model would take idle power for, half as much again as it is; NaN for none. */
    double modelledIdleWatts = 30;

    /** How long nobody calls, so that a meter can see the power of the idle machine: at least 25 ticks. */
    final double quietSeconds;

    /** From one to the next the truth is compared with the books, in seconds after the quiet time. */
    List<Double> marksSeconds = List.of(60.0, 120.0);

    private Scenario(Machine machine, List<ModelLoad> models, double tickSeconds) {
        this.machine = machine;
        this.models = models;
        this.tickSeconds = tickSeconds;
        this.quietSeconds = Math.max(10, 25 * tickSeconds);
    }

    static Scenario of(Machine machine, List<ModelLoad> models, double tickSeconds) {
        return new Scenario(machine, models, tickSeconds);
    }

    Scenario counter(CounterModel model) {
        counter = model;
        return this;
    }

    /** How long after the features the counter is read. */
    Scenario counterWait(double seconds) {
        counterWaitSeconds = seconds;
        return this;
    }

    Scenario clocks(Clocks kind) {
        clocks = kind;
        return this;
    }

    /** Ticks are shorter than what is divided, as on a machine whose GPU is read more often than its processors need. */
    Scenario dividedOver(double seconds) {
        leastSeconds = seconds;
        return this;
    }

    /** For some time after the quiet one, in seconds, ticks are longer, as of a meter that may not cost more. */
    Scenario lengthened(double fromSeconds, double untilSeconds, double lengthSeconds) {
        longFromSeconds = fromSeconds;
        longUntilSeconds = untilSeconds;
        longTickSeconds = lengthSeconds;
        return this;
    }

    /** Returns how long the tick is that begins so many seconds after the quiet time. */
    double tickSecondsAt(double seconds) {
        return seconds >= longFromSeconds && seconds < longUntilSeconds ? longTickSeconds : tickSeconds;
    }

    Scenario othersHidden() {
        othersVisible = false;
        return this;
    }

    /** Of a device with its own counter, which is read together with the features and for which there is no power model. */
    Scenario on(Domain device) {
        domain = device;
        counterWaitSeconds = 0;
        modelledIdleWatts = Double.NaN;
        return this;
    }

    Scenario marks(Double... seconds) {
        marksSeconds = List.of(seconds);
        return this;
    }
}
