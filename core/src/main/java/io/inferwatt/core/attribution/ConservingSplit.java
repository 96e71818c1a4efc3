package io.inferwatt.core.attribution;

import java.util.Arrays;

/** Divides whole microjoules so that the parts add up to exactly what is divided. */
final class ConservingSplit {

    private ConservingSplit() {}

    /**
     * Divides {@code microjoules} in proportion to {@code shares}.
     *
     * <p>Part i is the rounded running total up to i less the one before, so each part is within 1 microjoule of its exact
     * value, none is negative, and the sum is exact. Rounding errors are handed on, never lost.
     *
     * @param shares weights; a negative or NaN one counts as 0
     * @param parts receives the parts, all 0 if no share is positive
     * @return whether anything was divided
     */
    static boolean divide(long microjoules, double[] shares, int from, int to, long[] parts) {
        double sum = 0;
        int last = -1;
        for (int i = from; i < to; i++) {
            if (shares[i] > 0) {
                sum += shares[i];
                last = i;
            }
        }
        if (!(sum > 0) || sum == Double.POSITIVE_INFINITY) {
            Arrays.fill(parts, from, to, 0);
            return false;
        }
        double running = 0;
        long given = 0;
        for (int i = from; i < to; i++) {
            parts[i] = 0;
            if (shares[i] > 0) {
                running += shares[i];
                // The last positive share takes what is left: running / sum may end a hair below 1.
                long total = i == last ? microjoules : Math.min(microjoules, Math.round(microjoules * (running / sum)));
                parts[i] = total - given;
                given = total;
            }
        }
        return true;
    }
}
