package io.inferwatt.core.attribution.regression;

/**
 * The same regression with three memories, 5, 30 and 300 s. The longest one speaks, since it is the least noisy, until a
 * shorter one predicts better: then something has changed. One thread, no garbage.
 */
public final class RegressionBank {

    private static final double[] HALF_LIVES_SECONDS = {5, 30, 300};

    /** Prediction errors are compared over about this time. */
    private static final double ERROR_SECONDS = 3;

    /** A shorter memory must be better by this factor in squared error to speak. */
    private static final double TO_SPEAK = 0.95;

    /** And by this one to be copied over the longer memory, which then starts from what the shorter one knows. */
    private static final double TO_COPY = 0.7;

    private static final double COPY_PAUSE_SECONDS = 3;

    private final DecayedRegression[] memories = new DecayedRegression[HALF_LIVES_SECONDS.length];
    private final double[] squaredErrors = new double[HALF_LIVES_SECONDS.length];
    private final Posterior posterior;
    private int speaker = HALF_LIVES_SECONDS.length - 1;
    private double sinceCopySeconds;

    /** @param capacity the most columns there can be */
    public RegressionBank(int capacity) {
        for (int i = 0; i < memories.length; i++) {
            memories[i] = new DecayedRegression(capacity, HALF_LIVES_SECONDS[i]);
        }
        posterior = new Posterior(capacity);
    }

    /**
     * Sets what a column's weight is taken to be before and beside the data.
     *
     * @param standardDeviation how far off that may be; infinite for no idea
     */
    public void setPrior(int column, double weight, double standardDeviation) {
        setPrior(column, weight, standardDeviation, false);
    }

    /**
     * As {@link #setPrior}, of a weight that was measured apart. Beside it the data count for what they are worth, not for
     * what they would be worth if their errors were independent.
     */
    public void setAnchor(int column, double weight, double standardDeviation) {
        setPrior(column, weight, standardDeviation, true);
    }

    private void setPrior(int column, double weight, double standardDeviation, boolean anchored) {
        double precision = 1 / (standardDeviation * standardDeviation);
        for (DecayedRegression memory : memories) {
            memory.mean().setPrior(column, weight, precision, anchored);
        }
    }

    /**
     * Learns from an observation.
     *
     * @param x non-negative, at least {@code columns} long
     * @param seconds since the previous observation
     * @param quantum step of y
     */
    public void observe(double[] x, int columns, double y, double seconds, double quantum) {
        if (!(y >= 0 && y < Double.POSITIVE_INFINITY && seconds > 0)) {
            return; // what is no number once in the sums never leaves them
        }
        double share = Math.min(1, seconds / ERROR_SECONDS);
        for (int i = 0; i < memories.length; i++) {
            memories[i].observe(x, columns, y, seconds, quantum * quantum / 6);
            double error = memories[i].lastError();
            squaredErrors[i] += share * (error * error - squaredErrors[i]);
        }
        sinceCopySeconds += seconds;
        for (int i = memories.length - 1; i > 0 && sinceCopySeconds >= COPY_PAUSE_SECONDS; i--) {
            if (squaredErrors[i - 1] < TO_COPY * squaredErrors[i]) {
                memories[i].copyFrom(memories[i - 1]);
                squaredErrors[i] = squaredErrors[i - 1];
                sinceCopySeconds = 0;
            }
        }
        speaker = memories.length - 1;
        for (int i = speaker - 1; i >= 0; i--) {
            if (squaredErrors[i] < TO_SPEAK * squaredErrors[speaker]) {
                speaker = i;
            }
        }
    }

    /** Returns the present weight of a column. */
    public double weight(int column) {
        return memories[speaker].mean().weights()[column];
    }

    /** Computes how sure the present weights are; some 0.7 ms for 64 models. The result is overwritten by the next call. */
    public Posterior posterior(int columns) {
        posterior.compute(memories[speaker], columns);
        return posterior;
    }
}
