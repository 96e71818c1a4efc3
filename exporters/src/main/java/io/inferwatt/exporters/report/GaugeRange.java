package io.inferwatt.exporters.report;

import io.inferwatt.exporters.report.PrometheusQueries.Sample;
import java.io.IOException;
import java.util.List;

/**
 * What the JVMs of a fleet tell of one thing at the end of a period. A mean of theirs would be nobody's.
 *
 * @param low NaN if nobody tells it, as {@code high}
 */
record GaugeRange(double low, double high) {

    static GaugeRange of(PrometheusQueries queries, String gauge) throws IOException {
        return new GaugeRange(single(queries.gauge("min", gauge)), single(queries.gauge("max", gauge)));
    }

    private static double single(List<Sample> samples) {
        return samples.size() == 1 ? samples.get(0).value() : Double.NaN;
    }

    /** Returns whether all say the same. */
    boolean isOne() {
        return low == high;
    }

    boolean isSeveral() {
        return low < high;
    }
}
