package io.inferwatt.core.simulation;

import java.util.Arrays;

/** How far single calls are off, in percent of their true joules, by model. */
final class CallErrors {

    private final double[][] percent;
    private final int[] counts;

    CallErrors(int models) {
        percent = new double[models][1024];
        counts = new int[models];
    }

    void add(int model, double joules, double trueJoules) {
        if (counts[model] == percent[model].length) {
            percent[model] = Arrays.copyOf(percent[model], 2 * counts[model]);
        }
        percent[model][counts[model]++] = 100 * Math.abs(joules / trueJoules - 1);
    }

    int count(int model) {
        return counts[model];
    }

    double median(int model) {
        return quantile(model, 0.5);
    }

    double p95(int model) {
        return quantile(model, 0.95);
    }

    private double quantile(int model, double part) {
        if (counts[model] == 0) {
            return Double.NaN;
        }
        Arrays.sort(percent[model], 0, counts[model]);
        return percent[model][(int) (part * (counts[model] - 1))];
    }
}
