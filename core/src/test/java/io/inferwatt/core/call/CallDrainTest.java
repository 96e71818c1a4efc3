package io.inferwatt.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallDrainTest {

    private static final int KEYS = 1;
    private static final int MOST_KEPT = 16_384;

    private final CallRecorder recorder = new CallRecorder(1, 2 * MOST_KEPT);
    private final CallDrain drain = new CallDrain();
    private long now;

    /** Ends calls a nanosecond apart, from the last one on. */
    private void end(int calls) {
        for (int i = 0; i < calls; i++) {
            InferenceCall call = new InferenceCall(new ThreadCalls(Thread.currentThread(), false, new TargetTable()));
            call.open("test", 0, 1, 1);
            call.begin(now, 0);
            recorder.begin(0, 0, 1, 1, now);
            recorder.end(0, call, Outcome.OK, ++now, 0);
        }
    }

    private void drain() {
        drain.reset(now, KEYS);
        recorder.drain(drain, KEYS);
    }

    private long[] ends() {
        return IntStream.range(0, drain.recordCount())
                .mapToLong(i -> drain.record(i, new CallRecord()).endNanos())
                .toArray();
    }

    @Test
    void failureAtARecord_losesThatOneCounted_andKeepsThoseBehindIt() {
        end(6);
        drain();
        drain.keepNone();
        drain.keep(1);

        drain.keepFrom(4);
        end(1);
        drain();

        assertThat(ends()).containsExactly(2, 5, 6, 7);
        assertThat(drain.dropped()).isOne();
    }

    @Test
    void failureBeforeTheFirst_losesNone() {
        end(3);
        drain();
        drain.keepNone();

        drain.keepFrom(0);
        drain();

        assertThat(ends()).containsExactly(1, 2, 3);
        assertThat(drain.dropped()).isZero();
    }

    @Test
    void recordsThatDoNotFit_afterAFailure_areCounted() {
        end(MOST_KEPT + 10);
        drain();
        drain.keepNone();
        drain.keep(0);

        drain.keepFrom(3);
        drain();

        assertThat(drain.recordCount()).isEqualTo(MOST_KEPT);
        assertThat(drain.dropped()).isEqualTo(1 + 8);
    }

    @Test
    void recordsBeyondThoseKept_thatNobodyLooksAt_areCountedOnce() {
        end(MOST_KEPT + 10);
        drain();
        assertThat(drain.keepAll()).isFalse();

        drain();
        assertThat(drain.keepAll()).isTrue();
        drain();

        assertThat(drain.recordCount()).isEqualTo(MOST_KEPT);
        assertThat(drain.dropped()).isEqualTo(10);
    }

    @Test
    void recordsBeyondThoseKept_thatAreLookedAtAtOnce_areNotLost() {
        end(MOST_KEPT + 10);
        drain();
        drain.keepAll();
        drain.keepNone();

        drain();

        assertThat(drain.recordCount()).isZero();
        assertThat(drain.dropped()).isZero();
    }
}
