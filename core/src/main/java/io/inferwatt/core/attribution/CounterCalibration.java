package io.inferwatt.core.attribution;

import io.inferwatt.core.call.KeyTable;
import java.util.Arrays;

/**
 * Finds out what time a slow counter speaks of. That of a GPU shows with a lag what it sampled during a part of each of
 * its intervals (Yang, Adamek and Armour, Part-time Power Measurements, arXiv 2312.02741: 25 of 100 ms on A100 and H100).
 * For each lag and part that it might be, the energy of the windows is fitted by what was in flight then; the best fit
 * wins. Done in the first minute with calls, and again every ten minutes. Sampler thread only.
 */
final class CounterCalibration {

    private static final double[] LAGS_SECONDS = {0, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15};
    private static final double[] PARTS = {0.125, 0.25, 0.5, 1};
    private static final double BUSY_SECONDS = 60;
    private static final double PAUSE_SECONDS = 600;
    private static final int LEAST_WINDOWS = 50;

    /** Idle, the seven models called first, and all others together. */
    private static final int COLUMNS = 9;

    private final EnergyClocks clocks;
    private final double[][] grams = new double[LAGS_SECONDS.length * PARTS.length][COLUMNS * COLUMNS];
    private final double[][] products = new double[LAGS_SECONDS.length * PARTS.length][COLUMNS];
    private final double[] x = new double[COLUMNS];
    private final double[] weights = new double[COLUMNS];
    private final int[] columnOf = new int[KeyTable.CAPACITY];
    private int models;
    private double squares;
    private double busySeconds;
    private double pauseSeconds;
    private int windows;
    private double lagSeconds;
    private double part = 1;
    private boolean done;

    CounterCalibration(EnergyClocks clocks) {
        this.clocks = clocks;
    }

    /** Returns whether it has been done at least once; until then no lag is assumed, and that all is sampled. */
    boolean isDone() {
        return done;
    }

    /** Returns the part of each interval that the counter looks at. */
    double sampledPart() {
        return part;
    }

    double lagSeconds() {
        return lagSeconds;
    }

    /** Puts into {@code features} what was in flight in the part of the window that the counter sampled, scaled to all of it. */
    void apply(TickFeatures features, long fromNanos, long untilNanos, double joules) {
        learn(features, fromNanos, untilNanos, joules);
        for (int key = 0; key < features.keys; key++) {
            if (features.remote[key]) {
                continue;
            }
            double units =
                    features.unitSeconds[key] > 0 ? features.unitSeconds[key] / features.inFlightSeconds[key] : 1;
            features.unitSeconds[key] = sampled(fromNanos, untilNanos, key, lagSeconds, part);
            features.inFlightSeconds[key] = features.unitSeconds[key] / Math.max(1, units);
        }
    }

    private double sampled(long fromNanos, long untilNanos, int key, double lag, double sampledPart) {
        long until = untilNanos - Math.round(lag * 1e9);
        long length = Math.round((untilNanos - fromNanos) * sampledPart);
        return clocks.unitSeconds(until - length, until, key) / sampledPart;
    }

    private void learn(TickFeatures features, long fromNanos, long untilNanos, double joules) {
        if (pauseSeconds > 0) {
            pauseSeconds -= features.seconds;
            return;
        }
        boolean busy = false;
        for (int key = 0; key < features.keys; key++) {
            if (features.unitSeconds[key] > 0) {
                busy = true;
                if (columnOf[key] == 0) {
                    models++;
                    columnOf[key] = Math.min(models, COLUMNS - 1);
                }
            }
        }
        if (!busy) {
            return;
        }
        squares += joules * joules;
        int candidate = 0;
        for (double lag : LAGS_SECONDS) {
            for (double sampledPart : PARTS) {
                fill(features, fromNanos, untilNanos, lag, sampledPart);
                add(candidate++, joules);
            }
        }
        windows++;
        busySeconds += features.seconds;
        if (busySeconds >= BUSY_SECONDS && windows >= LEAST_WINDOWS) {
            choose();
        }
    }

    private void fill(TickFeatures features, long fromNanos, long untilNanos, double lag, double sampledPart) {
        Arrays.fill(x, 0);
        x[0] = features.seconds;
        for (int key = 0; key < features.keys; key++) {
            if (columnOf[key] > 0) {
                x[columnOf[key]] += sampled(fromNanos, untilNanos, key, lag, sampledPart);
            }
        }
    }

    private void add(int candidate, double joules) {
        double[] gram = grams[candidate];
        double[] product = products[candidate];
        for (int i = 0; i < COLUMNS; i++) {
            product[i] += x[i] * joules;
            for (int j = 0; j < COLUMNS; j++) {
                gram[i * COLUMNS + j] += x[i] * x[j];
            }
        }
    }

    private void choose() {
        double least = Double.POSITIVE_INFINITY;
        int candidate = 0;
        for (double lag : LAGS_SECONDS) {
            for (double sampledPart : PARTS) {
                double residual = residual(candidate++);
                if (residual < least) {
                    least = residual;
                    lagSeconds = lag;
                    part = sampledPart;
                }
            }
        }
        done = true;
        for (int i = 0; i < grams.length; i++) {
            Arrays.fill(grams[i], 0);
            Arrays.fill(products[i], 0);
        }
        Arrays.fill(columnOf, 0);
        models = 0;
        squares = 0;
        windows = 0;
        busySeconds = 0;
        pauseSeconds = PAUSE_SECONDS;
    }

    /** Returns the sum of squares that the best non-negative weights leave. */
    private double residual(int candidate) {
        double[] gram = grams[candidate];
        double[] product = products[candidate];
        Arrays.fill(weights, 0);
        for (int sweep = 0; sweep < 200; sweep++) {
            for (int i = 0; i < COLUMNS; i++) {
                double curvature = gram[i * COLUMNS + i];
                if (curvature > 0) {
                    double pull = product[i];
                    for (int j = 0; j < COLUMNS; j++) {
                        pull -= gram[i * COLUMNS + j] * weights[j];
                    }
                    weights[i] = Math.max(0, weights[i] + pull / curvature);
                }
            }
        }
        double explained = 0;
        for (int i = 0; i < COLUMNS; i++) {
            double predicted = 0;
            for (int j = 0; j < COLUMNS; j++) {
                predicted += gram[i * COLUMNS + j] * weights[j];
            }
            explained += weights[i] * (2 * product[i] - predicted);
        }
        return squares - explained;
    }
}
