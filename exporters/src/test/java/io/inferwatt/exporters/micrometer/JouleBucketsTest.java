package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.report.SettledCall;
import io.inferwatt.exporters.Snapshots;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class JouleBucketsTest {

    private long epochMillis = 1_796_000_000_000L;
    private final JouleBuckets buckets =
            new JouleBuckets(Labels.of("model", "minilm"), new double[] {0.1, 1, 10}, () -> epochMillis);

    private void record(double joules) {
        buckets.record(joules, Snapshots.settled("minilm", joules));
    }

    private void traced(double joules, long spanId) {
        SettledCall call = Snapshots.settled("minilm", joules);
        buckets.record(joules, Snapshots.traced(call, 1, 2, spanId));
    }

    private List<Long> spans() {
        return StreamSupport.stream(buckets.snapshot().getExemplars().spliterator(), false)
                .map(exemplar -> Long.parseLong(exemplar.getLabels().get(Exemplar.SPAN_ID), 16))
                .toList();
    }

    /** As {@code le} says: less than or equal. */
    @Test
    void valueOnABound_isInTheBucketOfThatBound() {
        record(0);
        record(0.1);
        record(0.11);
        record(10);
        record(10.5);
        HistogramDataPointSnapshot snapshot = buckets.snapshot();

        assertThat(snapshot.getClassicBuckets().stream().map(ClassicHistogramBucket::getCount))
                .containsExactly(2L, 1L, 1L, 1L);
        assertThat(snapshot.getCount()).isEqualTo(5);
        assertThat(snapshot.getSum()).isEqualTo(0 + 0.1 + 0.11 + 10 + 10.5);
        assertThat(snapshot.getLabels().get("model")).isEqualTo("minilm");
        assertThat(spans()).isEmpty();
    }

    @Test
    void eachBucket_showsTheLatestTraceAndANewOneAtMostEverySecond() {
        traced(0.05, 1);
        traced(5, 2);
        epochMillis += 999;
        traced(0.06, 3);
        assertThat(spans()).containsExactly(1L, 2L);
        epochMillis += 1;
        traced(0.06, 4);
        assertThat(spans()).containsExactly(4L, 2L);
        record(0.07);
        assertThat(spans()).containsExactly(4L, 2L);
    }

    @Test
    void clockThatIsPutBack_keepsNoOldTrace() {
        traced(0.05, 1);
        epochMillis -= 3_600_000;
        traced(0.05, 2);
        assertThat(spans()).containsExactly(2L);
    }
}
