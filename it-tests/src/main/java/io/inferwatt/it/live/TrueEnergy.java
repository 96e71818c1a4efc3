package io.inferwatt.it.live;

import java.util.List;

/**
 * What was drawn up to a moment, by cause.
 *
 * @param epochSeconds the moment
 * @param models joules of each model; boundary: dynamic
 * @param idleShares joules of idle that the boundary with_idle adds to each model
 * @param runtime joules of the application outside model calls
 * @param other joules of other processes
 */
record TrueEnergy(
        double epochSeconds, List<Double> models, List<Double> idleShares, double runtime, double other, double idle) {

    TrueEnergy {
        models = List.copyOf(models);
        idleShares = List.copyOf(idleShares);
    }

    double total() {
        return idle + dynamic();
    }

    double dynamic() {
        return models.stream().mapToDouble(joules -> joules).sum() + runtime + other;
    }
}
