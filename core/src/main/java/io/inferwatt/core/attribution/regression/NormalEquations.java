package io.inferwatt.core.attribution.regression;

import java.util.Arrays;

/**
 * Weighted least squares with non-negative weights and forgetting, solved by coordinate descent from where the last
 * solution was. Minimises {@code sum om (y - w.x)^2 + sum tau (w - w0)^2} over {@code w >= 0}; old observations fade,
 * the prior does not.
 *
 * <p>The gradient is kept beside the Gram matrix, so a column that is already right costs nothing in a sweep. Fading is one
 * factor for all sums instead of a pass over the matrix. One thread.
 */
final class NormalEquations {

    /** A column's weight may be off by this part of itself: far below any standard error. */
    private static final double NEGLIGIBLE = 1e-7;

    /** With more than this part of the columns in use, going through all is quicker than picking those. */
    private static final double DENSE = 0.75;

    private static final double LEAST_SCALE = 1e-60;

    private final int capacity;
    private final SquareMatrix gram = new SquareMatrix();
    private final double[] gradient;
    private final double[] weights;
    private final double[] priorWeights;
    private final double[] priorPrecisions;
    private final boolean[] anchored;
    private final double[] doubts;

    /** True sums are the kept ones times this. */
    private double scale = 1;

    NormalEquations(int capacity) {
        this.capacity = capacity;
        this.gradient = new double[capacity];
        this.weights = new double[capacity];
        this.priorWeights = new double[capacity];
        this.priorPrecisions = new double[capacity];
        this.anchored = new boolean[capacity];
        this.doubts = new double[capacity];
        Arrays.fill(doubts, 1);
    }

    /** Sets what a column's weight is taken to be without data; it starts there while it has none. See {@link #setDoubt}. */
    void setPrior(int column, double weight, double precision, boolean isAnchored) {
        priorWeights[column] = weight;
        priorPrecisions[column] = precision;
        anchored[column] = isAnchored;
        gram.reach(column + 1);
        if (gram.at(column, column) == 0) {
            weights[column] = weight;
        }
    }

    /** Returns the precision of a column's prior as it counts beside the data. */
    double priorPrecision(int column) {
        return anchored[column] ? priorPrecisions[column] * doubts[column] : priorPrecisions[column];
    }

    /**
     * Says by which factor the data of a column are less precise than they claim, because errors that go on for a while were
     * taken for independent ones: the prior gains as much.
     */
    void setDoubt(int column, double factor) {
        doubts[column] = factor;
    }

    double[] weights() {
        return weights;
    }

    double gram(int row, int column) {
        return scale * gram.at(row, column);
    }

    /** Lets all observations so far weigh {@code factor} of what they did. */
    void fade(double factor) {
        scale *= factor;
        if (scale < LEAST_SCALE) {
            gram.multiply(scale);
            for (int i = 0; i < capacity; i++) {
                gradient[i] *= scale;
            }
            scale = 1;
        }
    }

    /**
     * Adds an observation.
     *
     * @param used the columns in which {@code x} is not 0, all of them below {@code columns}
     * @param residual observed less explained by the present weights
     * @param precision one over the variance of the observation
     */
    void add(double[] x, int columns, int[] used, int count, double residual, double precision) {
        gram.reach(columns);
        double[] sums = gram.elements();
        double kept = precision / scale;
        for (int a = 0; a < count; a++) {
            int row = used[a];
            double ofRow = kept * x[row];
            gradient[row] += ofRow * residual;
            int at = row * gram.stride();
            if (count > DENSE * columns) {
                addDense(sums, at, ofRow, x, columns);
            } else {
                for (int b = 0; b < count; b++) {
                    int column = used[b];
                    sums[at + column] += ofRow * x[column];
                }
            }
        }
    }

    /** Adds 0 where x is 0; a plain loop over neighbours is what the compiler handles best. */
    private static void addDense(double[] sums, int at, double ofRow, double[] x, int columns) {
        for (int column = 0; column < columns; column++) {
            sums[at + column] += ofRow * x[column];
        }
    }

    /** Improves each weight in turn, given the others. */
    void sweep(int columns) {
        gram.reach(columns);
        double[] sums = gram.elements();
        int stride = gram.stride();
        for (int i = 0; i < columns; i++) {
            int row = i * stride;
            double prior = priorPrecision(i);
            double curvature = scale * sums[row + i] + prior;
            if (curvature > 0) {
                double before = weights[i];
                double pull = scale * gradient[i] + prior * (priorWeights[i] - before);
                double after = Math.max(0, before + pull / curvature);
                double step = after - before;
                if (Math.abs(step) > NEGLIGIBLE * before) {
                    weights[i] = after;
                    for (int j = 0; j < columns; j++) {
                        gradient[j] -= step * sums[row + j];
                    }
                }
            }
        }
    }

    void copyFrom(NormalEquations other) {
        gram.copyFrom(other.gram);
        System.arraycopy(other.gradient, 0, gradient, 0, capacity);
        System.arraycopy(other.weights, 0, weights, 0, capacity);
        System.arraycopy(other.priorWeights, 0, priorWeights, 0, capacity);
        System.arraycopy(other.priorPrecisions, 0, priorPrecisions, 0, capacity);
        System.arraycopy(other.anchored, 0, anchored, 0, capacity);
        System.arraycopy(other.doubts, 0, doubts, 0, capacity);
        scale = other.scale;
    }
}
