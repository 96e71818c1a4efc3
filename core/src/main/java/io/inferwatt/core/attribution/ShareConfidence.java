package io.inferwatt.core.attribution;

import io.inferwatt.core.attribution.regression.Posterior;
import io.inferwatt.core.call.KeyTable;
import java.util.Arrays;

/**
 * How sure the shares of the models in one domain are, and which models cannot be told apart. Arrays by number of key;
 * sampler thread only.
 */
final class ShareConfidence {

    /** Two models whose weights' errors are correlated this much always work together: only their sum is known. */
    private static final double COLLINEAR = 0.95;

    /** In a group of its own. */
    static final int ALONE = -1;

    private final double[] relativeErrors = new double[KeyTable.CAPACITY];
    private final double[] groupErrors = new double[KeyTable.CAPACITY];
    private final int[] groups = new int[KeyTable.CAPACITY];
    private final boolean[] own = new boolean[LearnedColumns.CAPACITY];

    ShareConfidence() {
        Arrays.fill(relativeErrors, Double.NaN);
        Arrays.fill(groupErrors, Double.NaN);
        Arrays.fill(groups, ALONE);
    }

    /** Returns the relative standard error of a model's energy, at most 1; NaN before there is one. */
    double relativeError(int key) {
        return relativeErrors[key];
    }

    /** Returns the lowest key of the models that cannot be told from this one, or {@link #ALONE}. */
    int group(int key) {
        return groups[key];
    }

    /** Returns the relative standard error of the energy of a model's group. */
    double groupError(int key) {
        return groupErrors[key];
    }

    void judge(LearnedColumns columns, Posterior posterior, int keys) {
        group(columns, posterior, keys);
        for (int key = 0; key < keys; key++) {
            if (columns.workColumn(key) > 0) {
                Arrays.fill(own, false);
                columns.mark(key, own);
                relativeErrors[key] = atMostAll(posterior.relativeErrorOfShare(own, columns.count()));
                groupErrors[key] = relativeErrors[key];
            }
        }
        for (int key = 0; key < keys; key++) {
            if (groups[key] != ALONE) {
                Arrays.fill(own, false);
                for (int member = 0; member < keys; member++) {
                    if (groups[member] == groups[key]) {
                        columns.mark(member, own);
                    }
                }
                groupErrors[key] = atMostAll(posterior.relativeErrorOfShare(own, columns.count()));
            }
        }
    }

    /** Beyond 100 % nothing is known, least of all by how much; the same holds for a share that came out as 0. */
    private static double atMostAll(double error) {
        return error < 1 ? error : 1;
    }

    private void group(LearnedColumns columns, Posterior posterior, int keys) {
        Arrays.fill(groups, 0, keys, ALONE);
        for (int one = 0; one < keys; one++) {
            for (int other = 0; other < one; other++) {
                int column = columns.workColumn(one);
                int otherColumn = columns.workColumn(other);
                if (column > 0 && otherColumn > 0 && Math.abs(posterior.correlation(column, otherColumn)) > COLLINEAR) {
                    join(one, other, keys);
                }
            }
        }
    }

    private void join(int one, int other, int keys) {
        int oneGroup = groups[one] == ALONE ? one : groups[one];
        int otherGroup = groups[other] == ALONE ? other : groups[other];
        int lower = Math.min(oneGroup, otherGroup);
        groups[one] = lower;
        groups[other] = lower;
        for (int key = 0; key < keys; key++) {
            if (groups[key] == oneGroup || groups[key] == otherGroup) {
                groups[key] = lower;
            }
        }
    }
}
