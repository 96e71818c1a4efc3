package io.inferwatt.core.simulation;

import java.util.List;

/**
 * One model and its callers. Power and duration of a call vary log-normally around the stated means; a call that is slowed
 * by contention takes longer and draws less, its joules stay. Set up once, then only read.
 */
final class ModelLoad {

    /** No other model's calls follow. */
    static final int NOBODY = -1;

    final String name;
    final double seconds;
    final double watts;
    final double cores;

    double powerVariation = 0.10;
    double durationVariation = 0.30;
    List<Integer> units = List.of(1);
    boolean unitsKnown = true;
    double callsPerSecond;
    int alwaysInFlight;
    int follower = NOBODY;
    double spinWatts;
    double spinSeconds;
    double lingeringWatts;
    double lingeringSeconds;
    double changeSeconds = Double.POSITIVE_INFINITY;
    double changeFactor = 1;

    private ModelLoad(String name, double seconds, double watts, double cores) {
        this.name = name;
        this.seconds = seconds;
        this.watts = watts;
        this.cores = cores;
    }

    /** A model whose calls take {@code seconds} on {@code cores} at {@code watts} when nothing slows them. */
    static ModelLoad of(String name, double seconds, double watts, double cores) {
        return new ModelLoad(name, seconds, watts, cores);
    }

    /** Calls come at random, so many a second that {@code calls} are in flight on average without contention. */
    ModelLoad inFlight(double calls) {
        callsPerSecond = calls / seconds;
        return this;
    }

    /** Callers that call again at once: always {@code calls} in flight. */
    ModelLoad closedLoop(int calls) {
        alwaysInFlight = calls;
        return this;
    }

    /** Each call is followed by one of the model at {@code index}. */
    ModelLoad followedBy(int index) {
        follower = index;
        return this;
    }

    /** The engine's threads keep its cores busy for a while after the last call. */
    ModelLoad spinning(double watts, double forSeconds) {
        spinWatts = watts;
        spinSeconds = forSeconds;
        return this;
    }

    /** The device draws more for a while after the last call, without any processor time. */
    ModelLoad lingering(double watts, double forSeconds) {
        lingeringWatts = watts;
        lingeringSeconds = forSeconds;
        return this;
    }

    /** Calls that begin later than so long after the quiet time draw {@code factor} times the power. */
    ModelLoad changing(double afterSeconds, double factor) {
        changeSeconds = afterSeconds;
        changeFactor = factor;
        return this;
    }

    /** Each size is as likely as the others; power is in proportion to it. */
    ModelLoad batches(List<Integer> sizes, boolean known) {
        units = sizes;
        unitsKnown = known;
        return this;
    }

    ModelLoad varying(double power, double duration) {
        powerVariation = power;
        durationVariation = duration;
        return this;
    }
}
