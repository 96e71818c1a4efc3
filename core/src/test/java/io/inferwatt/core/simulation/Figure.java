package io.inferwatt.core.simulation;

import java.util.function.ToDoubleFunction;

/** Something to tell of an outcome: one row of a table. */
record Figure(String name, ToDoubleFunction<Outcome> value) {

    static Figure bias(String model, int index) {
        return new Figure(model + " bias %", outcome -> outcome.biasPercent(index));
    }

    /** Bias between two marks, the first being number 0. */
    static Figure biasBetween(String name, int segment, int model) {
        return new Figure(name, outcome -> outcome.segments().get(segment).biasPercent(model));
    }

    static Figure weightedBias() {
        return new Figure("energy-weighted absolute bias %", Outcome::weightedBiasPercent);
    }

    static Figure idleBias() {
        return new Figure("idle bias %", outcome -> outcome.last().idleBiasPercent());
    }

    static Figure groupBias() {
        return new Figure("all models bias %", outcome -> outcome.last().groupBiasPercent());
    }

    static Figure callMedian(String model, int index) {
        return new Figure(
                model + " call error median %", outcome -> outcome.calls().median(index));
    }

    static Figure callP95(String model, int index) {
        return new Figure(
                model + " call error p95 %", outcome -> outcome.calls().p95(index));
    }

    static Figure halfWidth(String model, int index) {
        return new Figure(model + " reported half width %", outcome -> outcome.halfWidthPercent()[index]);
    }

    /** How many of 100 models lie within their reported band. */
    static Figure coverage() {
        return new Figure(
                "models within their 95 % band, %",
                outcome -> {
                    int told = 0;
                    int within = 0;
                    for (int i = 0; i < outcome.halfWidthPercent().length; i++) {
                        double halfWidth = outcome.halfWidthPercent()[i];
                        told += Double.isNaN(halfWidth) ? 0 : 1;
                        within += Math.abs(outcome.biasPercent(i)) <= halfWidth ? 1 : 0;
                    }
                    return told == 0 ? Double.NaN : 100.0 * within / told;
                });
    }
}
