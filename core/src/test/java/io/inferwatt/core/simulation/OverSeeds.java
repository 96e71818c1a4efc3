package io.inferwatt.core.simulation;

import java.util.Arrays;
import java.util.Locale;

/** A figure over several seeds: printed as its median, with the lowest and the highest. */
final class OverSeeds {

    private double[] values = {};

    void add(double value) {
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
    }

    double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double lowest() {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    double highest() {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    /** Returns for instance {@code -6.8 [-7.1, -6.5]}; no brackets for a single seed. */
    String text() {
        if (Double.isNaN(median())) {
            return "-";
        }
        return values.length > 1
                ? digits(median()) + " [" + digits(lowest()) + ", " + digits(highest()) + "]"
                : digits(median());
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 99.95 ? "%.0f" : size >= 0.995 ? "%.1f" : "%.2f", value);
    }
}
