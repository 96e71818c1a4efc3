package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.Tenant;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.Footprint;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.report.ComponentJoules;
import io.inferwatt.core.report.SettledCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettledCallListenersTest {

    private static final long BEGIN = 1_000;

    private final List<String> warnings = new ArrayList<>();
    private final SettledCallListeners listeners = new SettledCallListeners(BEGIN, warnings::add);

    private static SettledCall call(long spanId) {
        return new SettledCall(
                ModelKey.of("minilm"),
                Outcome.OK,
                0,
                1,
                1,
                1,
                TokenUsage.NONE,
                1,
                1,
                0,
                Range.exactly(0),
                "",
                ComponentJoules.UNKNOWN,
                Footprint.UNKNOWN,
                Tenant.NONE,
                true,
                Double.NaN,
                Quality.MEASURED,
                0,
                0,
                spanId);
    }

    private void tell(int from, int to) {
        IntStream.range(from, to).forEach(i -> listeners.tell(call(i)));
    }

    @Test
    void whoComesWhileTheMeterStarts_hearsOfEachCallOnceInOrder() {
        List<SettledCall> one = new ArrayList<>();
        List<SettledCall> other = new ArrayList<>();
        tell(0, 3);
        listeners.add(one::add);
        tell(3, 5);
        listeners.admit(BEGIN + 1);
        listeners.add(other::add);
        tell(5, 7);
        listeners.complete();
        listeners.admit(BEGIN + 2);
        tell(7, 9);

        assertThat(one).extracting(SettledCall::spanId).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(other).isEqualTo(one);
        assertThat(warnings).isEmpty();
    }

    @Test
    void whoComesAfterAllHaveCome_hearsOfLaterCallsOnly() {
        List<SettledCall> late = new ArrayList<>();
        tell(0, 3);
        listeners.complete();
        listeners.admit(BEGIN + 1);
        listeners.add(late::add);
        listeners.admit(BEGIN + 2);
        tell(3, 4);
        assertThat(late).extracting(SettledCall::spanId).containsExactly(3L);
    }

    @Test
    void whereNobodySaysThatAllHaveCome_tenSecondsAreEnough() {
        List<SettledCall> late = new ArrayList<>();
        tell(0, 3);
        listeners.admit(BEGIN + SettledCallListeners.EARLY_NANOS + 1);
        listeners.add(late::add);
        listeners.admit(BEGIN + SettledCallListeners.EARLY_NANOS + 2);
        assertThat(late).isEmpty();
    }

    @Test
    void callsBeyondWhatIsKept_areTold() {
        List<SettledCall> late = new ArrayList<>();
        tell(0, SettledCallListeners.MOST_EARLY_CALLS + 7);
        listeners.add(late::add);
        listeners.admit(BEGIN + 1);
        assertThat(late).hasSize(SettledCallListeners.MOST_EARLY_CALLS);
        assertThat(warnings).containsExactly("a listener of settled calls came late: it misses 7 of the first calls");
    }

    @Test
    void listenersThatFail_costOneLineEachAndNobodyElseACall() {
        List<SettledCall> heard = new ArrayList<>();
        listeners.add(call -> {
            throw new IllegalStateException("broken");
        });
        listeners.add(heard::add);
        listeners.add(call -> {
            throw new IllegalStateException("broken too");
        });
        listeners.admit(BEGIN);
        tell(0, 2);
        assertThat(heard).hasSize(2);
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).contains("broken; its further");
        assertThat(warnings.get(1)).contains("broken too");
    }
}
