package io.inferwatt.core.report.disclosure;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Arithmetic with figures that may not be known, NaN. What is left out of a sum is told elsewhere; it never counts as zero alone. */
final class Known {

    private Known() {}

    /** Returns a figure, 0 where it is not known. */
    static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /** Returns the sum of those that are known, NaN if none is. */
    static double sum(double... values) {
        double sum = Double.NaN;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum = orZero(sum) + value;
            }
        }
        return sum;
    }

    /** Returns the sum over rows of the figures that are known, NaN if none is. */
    static <T> double sum(Collection<T> rows, ToDoubleFunction<T> figure) {
        return sum(rows.stream().mapToDouble(figure).toArray());
    }

    /** Returns a quotient, NaN where there is nothing to divide by. */
    static double ratio(double dividend, double divisor) {
        return divisor > 0 ? dividend / divisor : Double.NaN;
    }
}
