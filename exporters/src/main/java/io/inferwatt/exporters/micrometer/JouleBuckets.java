package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.report.SettledCall;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts of joules by bucket, with the latest call within a trace that each bucket has seen. A bucket takes a new one at most every
 * {@value #EXEMPLAR_MILLIS} ms, so that traced calls cost no more than others. Not the histogram of Prometheus' client: that one looks
 * for exemplars in an OpenTelemetry of its own, at the time of recording, when the span of a call is over, and with a thread. Held for
 * some 100 ns by either side; safe from all threads.
 */
final class JouleBuckets {

    private static final long EXEMPLAR_MILLIS = 1000;

    private final Labels labels;
    private final LongSupplier epochMillis;
    private final double[] bounds;
    private final long[] counts;
    private final @Nullable Exemplar[] exemplars;
    private double sum;

    /** @param finiteBounds in ascending order, each the largest value of its bucket */
    JouleBuckets(Labels labels, double[] finiteBounds, LongSupplier epochMillis) {
        this.labels = labels;
        this.epochMillis = epochMillis;
        bounds = Arrays.copyOf(finiteBounds, finiteBounds.length + 1);
        bounds[finiteBounds.length] = Double.POSITIVE_INFINITY;
        counts = new long[bounds.length];
        exemplars = new Exemplar[bounds.length];
    }

    synchronized void record(double joules, SettledCall call) {
        int bucket = 0;
        while (joules > bounds[bucket]) {
            bucket++;
        }
        counts[bucket]++;
        sum += joules;
        if ((call.traceIdHigh() | call.traceIdLow()) != 0) {
            showTrace(bucket, joules, call);
        }
    }

    private void showTrace(int bucket, double joules, SettledCall call) {
        long now = epochMillis.getAsLong();
        Exemplar last = exemplars[bucket];
        // A clock that was put back must not keep an old one for ever.
        if (last == null || Math.abs(now - last.getTimestampMillis()) >= EXEMPLAR_MILLIS) {
            HexFormat hex = HexFormat.of();
            exemplars[bucket] = Exemplar.builder()
                    .value(joules)
                    .traceId(hex.toHexDigits(call.traceIdHigh()) + hex.toHexDigits(call.traceIdLow()))
                    .spanId(hex.toHexDigits(call.spanId()))
                    .timestampMillis(now)
                    .build();
        }
    }

    synchronized HistogramDataPointSnapshot snapshot() {
        return HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                .sum(sum)
                .exemplars(Exemplars.of(
                        Arrays.stream(exemplars).filter(Objects::nonNull).toArray(Exemplar[]::new)))
                .build();
    }
}
