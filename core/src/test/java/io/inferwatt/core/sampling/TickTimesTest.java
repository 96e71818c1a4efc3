package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.report.MeterSnapshot.TickTotals;
import org.junit.jupiter.api.Test;

class TickTimesTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;

    private final TickTimes times = new TickTimes();

    private TickTotals totals() {
        return times.totals(20 * MILLI, new SelfLimiter(0.02, line -> {}));
    }

    private void tick(long nowNanos, long nextNanos) {
        times.begin(nowNanos);
        times.end(nextNanos);
    }

    @Test
    void lateness_isWhatLiesBetweenTwoTicksBeyondWhatWasMeant() {
        times.start(0);
        tick(1 * MILLI, 20 * MILLI);
        tick(21 * MILLI, 20 * MILLI);
        tick(48 * MILLI, 250 * MILLI);
        tick(290 * MILLI, 20 * MILLI);

        assertThat(totals().done()).isEqualTo(4);
        assertThat(totals().lateSeconds()).isCloseTo(0.008, within(1e-12)); // 1 + 0 + 7; the last one came early
        assertThat(totals().latestSeconds()).isEqualTo(0.007);
        assertThat(totals().intervalSeconds()).isEqualTo(0.02);
        assertThat(totals().cpuMax()).isEqualTo(0.02);
        assertThat(totals().cpuShare()).isNaN();
    }

    @Test
    void latest_isForgottenAfterAWindowMore() {
        times.start(0);
        tick(5 * SECOND, 5 * SECOND);
        for (long second = 10; second <= 59; second += 7) {
            tick(second * SECOND, 7 * SECOND);
        }
        assertThat(totals().latestSeconds()).isEqualTo(5);
        tick(66 * SECOND, 7 * SECOND);

        assertThat(totals().latestSeconds()).isZero();
        assertThat(totals().lateSeconds()).isCloseTo(5, within(1e-9));
    }

    @Test
    void latest_ofAMachineThatSlept_isNotThatOfTheTimeBefore() {
        times.start(0);
        tick(3 * SECOND, SECOND);
        tick(600 * SECOND, SECOND);

        assertThat(totals().latestSeconds()).isEqualTo(596);
    }

    @Test
    void tickAfterOneThatFailed_isNotLate() {
        times.start(0);
        times.begin(0);
        tick(SECOND, 20 * MILLI);

        assertThat(totals().lateSeconds()).isZero();
        assertThat(totals().done()).isEqualTo(1);
    }
}
