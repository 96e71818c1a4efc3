package io.inferwatt.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.DetachedCall;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KnownModelTest {

    /** Equal to every other one, so that only identity tells them apart. */
    private record Segment() {}

    private final Calls calls = new Calls();
    private final int key = calls.key(ModelKey.of("model"));
    private final KnownModel model = new KnownModel(key, true);

    @Test
    void take_findsTheVerySegment_oldestFirst_andEachOnce() {
        DetachedCall call = calls.lend(calls.start("framework", key, 1));
        Segment first = new Segment();
        Segment second = new Segment();
        SegmentTask firstTask = model.wait(call, first);
        SegmentTask nullTask = model.wait(call, null);
        SegmentTask secondTask = model.wait(call, second);
        SegmentTask secondAgain = model.wait(call, second);

        assertThat(model.take(second)).isSameAs(secondTask);
        assertThat(model.take(second)).isSameAs(secondAgain);
        assertThat(model.take(second)).isNull();
        assertThat(model.take(null)).isSameAs(nullTask);
        assertThat(model.take(first)).isSameAs(firstTask);
        assertThat(model.take(new Segment())).isNull();
    }

    @Test
    void take_passesOverCallsThatWereGivenUp() {
        Segment segment = new Segment();
        InferenceCall call = calls.start("framework", key, 1);
        DetachedCall givenUp = calls.lend(call);
        SegmentTask stale = model.wait(givenUp, segment);
        calls.finish(call, Outcome.ERROR);
        calls.limitDuration(Duration.ZERO);
        calls.forgetDeadThreads();
        assertThat(givenUp.inFlight()).isFalse();
        assertThat(stale.isDropped()).as("its pool still has it").isFalse();

        SegmentTask live = model.wait(calls.lend(calls.start("framework", key, 1)), segment);

        assertThat(model.take(segment)).isSameAs(live);
        assertThat(model.take(segment)).isNull();
    }

    @Test
    void segmentThatAPoolThrewAway_isNotWaitedForAnyMore() {
        InferenceCall call = calls.start("framework", key, 1);
        DetachedCall whole = calls.lend(call);
        model.wait(whole, new Segment());
        calls.finish(call, Outcome.ERROR);
        assertThat(whole.inFlight()).isTrue();

        long begin = System.nanoTime();
        while (whole.inFlight() && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(30)) {
            System.gc();
            model.take(this);
        }

        assertThat(whole.inFlight()).isFalse();
    }
}
