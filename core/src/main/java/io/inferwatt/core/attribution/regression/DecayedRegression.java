package io.inferwatt.core.attribution.regression;

import java.util.Arrays;

/**
 * Explains a stream of observations {@code y = w.x + noise} by non-negative weights, forgetting with one half-life. The
 * noise may grow with x (a second system learns its variance) and may be correlated with that of the observation before
 * (both sides are whitened). About 2 microseconds for 16 models, 9 to 14 for 64; no garbage; one thread.
 */
final class DecayedRegression {

    private static final int SWEEPS = 2;

    /** Before this many observations the variance is their mean square error alone, then what the second system says. */
    private static final int VARIANCE_AFTER = 20;

    /** Priors may hit the first observation by chance, or be made from it; that does not make it exact. */
    private static final double EARLY_VARIANCE = 0.04;

    private static final int WHITEN_AFTER = 50;
    /** Lengths of ticks that follow each other may differ by this factor and still be of one rhythm. */
    private static final double ALIKE = 1.5;

    private static final double LEAST_CORRELATION = -0.5;

    /**
     * What is left of the correlation stays in the errors, and the standard error knows. Whitened further, sums suffer: the
     * weights would then follow how power changes more than how much there is, and any power that the columns do not
     * describe well ends up with the wrong one (threads that spin for 50 ms after a call, before they had a column of their own:
     * 19 % instead of 2 %).
     */
    private static final double MOST_CORRELATION = 0.5;

    /** A variance of 0 would give an observation infinite weight. */
    private static final double VARIANCE_FLOOR = 0.1;

    private static final double LEAST_VARIANCE = 1e-18;
    private static final double MOST_DOUBT = 1000;

    /** Errors within this time belong together when the standard error is taken; longer than background load lasts. */
    private static final double BLOCK_SECONDS = 5;

    private final int capacity;
    private final double halfLifeSeconds;
    private final NormalEquations mean;
    private final NormalEquations variance;
    private final double[] previous;
    private final double[] whitened;
    private final int[] used;
    private final double[] blockGradient;
    private final double[] blockInformation;
    private final double[] claimed;
    private final SquareMatrix meat = new SquareMatrix();
    private final double[] xSums;

    private double previousSeconds;
    private double previousY;
    private double previousResidual;
    private double squaredErrors;
    private double weightOfErrors;
    private double autocovariance;
    private double autovariance = 1e-12;
    private double blockSeconds;
    private long observations;
    private double fadeSeconds = Double.NaN;
    private double fade;

    DecayedRegression(int capacity, double halfLifeSeconds) {
        this.capacity = capacity;
        this.halfLifeSeconds = halfLifeSeconds;
        this.mean = new NormalEquations(capacity);
        this.variance = new NormalEquations(capacity);
        this.previous = new double[capacity];
        this.whitened = new double[capacity];
        this.used = new int[capacity];
        this.blockGradient = new double[capacity];
        this.blockInformation = new double[capacity];
        this.claimed = new double[capacity];
        this.xSums = new double[capacity];
    }

    NormalEquations mean() {
        return mean;
    }

    SquareMatrix meat() {
        return meat;
    }

    /** Returns the faded sum of each column. */
    double[] xSums() {
        return xSums;
    }

    /** Returns by how much the last observation missed what the weights before it made of it. */
    double lastError() {
        return previousResidual;
    }

    /**
     * Learns from an observation.
     *
     * @param seconds since the previous observation
     * @param quantumVariance variance of the rounding of y
     */
    void observe(double[] x, int columns, double y, double seconds, double quantumVariance) {
        double lambda = fade(seconds);
        double residual = y - dot(mean.weights(), x, columns);
        weightOfErrors = lambda * weightOfErrors + 1;
        squaredErrors = lambda * squaredErrors + residual * residual;
        double meanSquare = squaredErrors / weightOfErrors;
        double expected = observations < VARIANCE_AFTER
                ? quantumVariance + Math.max(meanSquare, EARLY_VARIANCE * y * y)
                : Math.max(
                        quantumVariance + dot(variance.weights(), x, columns),
                        VARIANCE_FLOOR * meanSquare + quantumVariance);
        double s = Math.max(expected, LEAST_VARIANCE);
        // The error of a tick says nothing of the next one's where the rhythm has just changed.
        boolean alike = seconds < ALIKE * previousSeconds && previousSeconds < ALIKE * seconds;
        previousSeconds = seconds;
        autovariance = lambda * autovariance + residual * residual / s;
        autocovariance = lambda * autocovariance + (alike ? residual * previousResidual / s : 0);
        double rho = observations < WHITEN_AFTER || !alike
                ? 0
                : Math.max(
                        LEAST_CORRELATION,
                        Math.min(MOST_CORRELATION, autovariance > 0 ? autocovariance / autovariance : 0));

        learnMean(x, columns, y, lambda, rho, 1 / (s * (1 - rho * rho)));
        learnVariance(x, columns, residual * residual - quantumVariance, lambda, 1 / (s * s));
        closeBlock(columns, seconds);

        for (int i = 0; i < columns; i++) {
            xSums[i] = lambda * xSums[i] + x[i];
            previous[i] = x[i];
        }
        previousY = y;
        previousResidual = residual;
        observations++;
    }

    private void learnMean(double[] x, int columns, double y, double lambda, double rho, double precision) {
        int count = 0;
        for (int i = 0; i < columns; i++) {
            whitened[i] = x[i] - rho * previous[i];
            if (whitened[i] != 0) {
                used[count++] = i;
            }
        }
        double residual = y - rho * previousY - dot(mean.weights(), whitened, columns);
        mean.fade(lambda);
        mean.add(whitened, columns, used, count, residual, precision);
        for (int a = 0; a < count; a++) {
            blockGradient[used[a]] += precision * whitened[used[a]] * residual;
            blockInformation[used[a]] += precision * whitened[used[a]] * whitened[used[a]];
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            mean.sweep(columns);
        }
    }

    private void learnVariance(double[] x, int columns, double square, double lambda, double precision) {
        int count = 0;
        for (int i = 0; i < columns; i++) {
            if (x[i] != 0) {
                used[count++] = i;
            }
        }
        variance.fade(lambda);
        variance.add(x, columns, used, count, square - dot(variance.weights(), x, columns), precision);
        if (observations >= VARIANCE_AFTER) {
            variance.sweep(columns);
        }
    }

    /** Adds a closed block to the meat of the sandwich: errors inside a block count as one, so correlated ones do not deceive. */
    private void closeBlock(int columns, double seconds) {
        blockSeconds += seconds;
        if (blockSeconds < BLOCK_SECONDS) {
            return;
        }
        double lambda = Math.pow(2, -2 * blockSeconds / halfLifeSeconds);
        meat.reach(columns);
        for (int i = 0; i < columns; i++) {
            claimed[i] = lambda * claimed[i] + blockInformation[i];
            double found = lambda * meat.at(i, i) + blockGradient[i] * blockGradient[i];
            mean.setDoubt(i, claimed[i] > 0 ? Math.max(1, Math.min(MOST_DOUBT, found / claimed[i])) : 1);
        }
        Arrays.fill(blockInformation, 0, columns, 0);
        double[] sums = meat.elements();
        for (int i = 0; i < columns; i++) {
            int row = i * meat.stride();
            for (int j = 0; j < columns; j++) {
                sums[row + j] = lambda * sums[row + j] + blockGradient[i] * blockGradient[j];
            }
        }
        Arrays.fill(blockGradient, 0, columns, 0);
        blockSeconds = 0;
    }

    private double fade(double seconds) {
        if (seconds != fadeSeconds) {
            fadeSeconds = seconds;
            fade = Math.pow(2, -seconds / halfLifeSeconds);
        }
        return fade;
    }

    /** Takes over all that another one has learned, to forget it with the own half-life. */
    void copyFrom(DecayedRegression other) {
        mean.copyFrom(other.mean);
        variance.copyFrom(other.variance);
        System.arraycopy(other.previous, 0, previous, 0, capacity);
        System.arraycopy(other.blockGradient, 0, blockGradient, 0, capacity);
        System.arraycopy(other.blockInformation, 0, blockInformation, 0, capacity);
        System.arraycopy(other.claimed, 0, claimed, 0, capacity);
        meat.copyFrom(other.meat);
        System.arraycopy(other.xSums, 0, xSums, 0, capacity);
        previousSeconds = other.previousSeconds;
        previousY = other.previousY;
        previousResidual = other.previousResidual;
        squaredErrors = other.squaredErrors;
        weightOfErrors = other.weightOfErrors;
        autocovariance = other.autocovariance;
        autovariance = other.autovariance;
        blockSeconds = other.blockSeconds;
        observations = other.observations;
    }

    private static double dot(double[] a, double[] b, int columns) {
        double even = 0; // two chains: one alone waits 4 cycles for each addition
        double odd = 0;
        int i = 0;
        for (; i + 1 < columns; i += 2) {
            even += a[i] * b[i];
            odd += a[i + 1] * b[i + 1];
        }
        return i < columns ? even + odd + a[i] * b[i] : even + odd;
    }
}
