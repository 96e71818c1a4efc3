package io.inferwatt.core.attribution.regression;

/**
 * How sure a regression is: the covariance of its weights, robust against errors that are correlated in time and differ
 * in size (sandwich estimator with clusters of 5 s; Cameron and Miller, A Practitioner's Guide to Cluster-Robust
 * Inference, J. Human Resources 50, 2015). One thread.
 */
public final class Posterior {

    /** Few clusters make the sandwich too narrow; by this factor intervals cover what they promise. */
    private static final double WIDENED = 1.1;

    private int capacity;
    private double[] factor = new double[0];
    private double[] inverse = new double[0];
    private double[] product = new double[0];
    private double[] covariance = new double[0];
    private final double[] means;
    private final double[] xMeans;
    private double total;

    Posterior(int most) {
        this.means = new double[most];
        this.xMeans = new double[most];
    }

    private void reach(int columns) {
        if (columns > capacity) {
            capacity = columns;
            factor = new double[columns * columns];
            inverse = new double[columns * columns];
            product = new double[columns * columns];
            covariance = new double[columns * columns];
        }
    }

    void compute(DecayedRegression regression, int columns) {
        reach(columns);
        NormalEquations system = regression.mean();
        factorise(system, columns);
        invert(columns);
        SquareMatrix meat = regression.meat();
        meat.reach(columns);
        // covariance = A^-1 (meat + diag tau) A^-1
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = inverse[i * capacity + j] * system.priorPrecision(j);
                for (int k = 0; k < columns; k++) {
                    sum += inverse[i * capacity + k] * meat.at(k, j);
                }
                product[i * capacity + j] = sum;
            }
        }
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < columns; k++) {
                    sum += product[i * capacity + k] * inverse[k * capacity + j];
                }
                covariance[i * capacity + j] = sum * WIDENED * WIDENED;
                covariance[j * capacity + i] = covariance[i * capacity + j];
            }
        }
        total = 0;
        for (int i = 0; i < columns; i++) {
            xMeans[i] = regression.xSums()[i];
            means[i] = xMeans[i] * system.weights()[i];
            total += means[i];
        }
    }

    /** Cholesky factor of the system with its prior, in the lower triangle. */
    private void factorise(NormalEquations system, int columns) {
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = system.gram(i, j);
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * capacity + k] * factor[j * capacity + k];
                }
                if (i == j) {
                    double diagonal = system.gram(i, i);
                    // Columns that always move together leave nothing of the pivot but rounding.
                    sum += Math.max(system.priorPrecision(i), 1e-12 * diagonal);
                    factor[i * capacity + i] = Math.sqrt(Math.max(sum, Math.max(1e-13 * diagonal, Double.MIN_NORMAL)));
                } else {
                    factor[i * capacity + j] = sum / factor[j * capacity + j];
                }
            }
        }
    }

    private void invert(int columns) {
        for (int unit = 0; unit < columns; unit++) {
            for (int i = unit; i < columns; i++) {
                double sum = i == unit ? 1 : 0;
                for (int k = unit; k < i; k++) {
                    sum -= factor[i * capacity + k] * inverse[k * capacity + unit];
                }
                inverse[i * capacity + unit] = sum / factor[i * capacity + i];
            }
            for (int i = columns - 1; i >= 0; i--) {
                double sum = i >= unit ? inverse[i * capacity + unit] : 0;
                for (int k = i + 1; k < columns; k++) {
                    sum -= factor[k * capacity + i] * inverse[k * capacity + unit];
                }
                inverse[i * capacity + unit] = sum / factor[i * capacity + i];
            }
        }
    }

    /** Returns the standard error of a column's weight. */
    public double standardError(int column) {
        return Math.sqrt(Math.max(0, covariance[column * capacity + column]));
    }

    /** Returns the correlation of the errors of two weights, -1 to 1; 0 where one is certain. */
    public double correlation(int one, int other) {
        double scale = standardError(one) * standardError(other);
        return scale > 0 ? covariance[one * capacity + other] / scale : 0;
    }

    /**
     * Returns the relative standard error of what some columns together get when an observation is divided in proportion
     * to {@code w x}: since the parts add up to what was measured, an error common to all weights does no harm. NaN where
     * they get nothing.
     *
     * @param belongs for each column whether it is one of them
     */
    public double relativeErrorOfShare(boolean[] belongs, int columns) {
        double share = 0;
        for (int i = 0; i < columns; i++) {
            share += belongs[i] ? means[i] : 0;
        }
        if (!(share > 0)) {
            return Double.NaN;
        }
        double variance = 0;
        for (int i = 0; i < columns; i++) {
            double ofI = sensitivity(i, belongs[i], share);
            for (int j = 0; j < columns; j++) {
                variance += ofI * covariance[i * capacity + j] * sensitivity(j, belongs[j], share);
            }
        }
        return Math.sqrt(Math.max(0, variance));
    }

    private double sensitivity(int column, boolean belongs, double share) {
        return xMeans[column] * ((belongs ? 1 / share : 0) - 1 / total);
    }
}
