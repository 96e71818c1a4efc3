package io.inferwatt.core.attribution;

import io.inferwatt.core.attribution.regression.RegressionBank;
import java.util.Arrays;

/**
 * What the rest of this JVM and other processes draw for a processor second. Their clocks move in steps of 10 ms, so in one
 * tick they are off by a good part of what they show; a regression on that would find too little power for them, and give
 * the difference to whatever runs at other times. So their weights are learned over windows in which the steps are small.
 * Evening the steps out instead would hide that other processes get less of a full machine while a model runs. Sampler
 * thread only.
 */
final class BackgroundPower {

    /** Of 0.2, 0.5 and 1 s the one with the least error on the simulated hosts. */
    private static final double WINDOW_SECONDS = 0.2;

    private final RegressionBank bank = new RegressionBank(LearnedColumns.CAPACITY);
    private final double[] sums = new double[LearnedColumns.CAPACITY];
    private double joules;
    private double seconds;

    RegressionBank bank() {
        return bank;
    }

    /** Learns from a tick. */
    void observe(double[] x, int columns, double tickJoules, double tickSeconds, double quantum) {
        for (int i = 0; i < columns; i++) {
            sums[i] += x[i];
        }
        joules += tickJoules;
        seconds += tickSeconds;
        if (seconds >= WINDOW_SECONDS) {
            bank.observe(sums, columns, joules, seconds, quantum);
            Arrays.fill(sums, 0, columns, 0);
            joules = 0;
            seconds = 0;
        }
    }

    double runtimeJoulesPerSecond() {
        return bank.weight(Columns.RUNTIME);
    }

    double otherJoulesPerSecond() {
        return bank.weight(Columns.OTHER);
    }
}
