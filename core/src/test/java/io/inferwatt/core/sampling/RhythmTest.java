package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RhythmTest {

    private static final long MILLI = 1_000_000;
    private static final long NOBODY = Long.MAX_VALUE;

    private static Rhythm rhythm(Duration configured) {
        return new Rhythm(configured, new SelfLimiter(1, line -> {}));
    }

    @Test
    void ticksAreShort_whileCallsRunOrJustBegan_andLongWhenNothingHappens() {
        Rhythm rhythm = rhythm(Duration.ofMillis(50));
        assertThat(rhythm.next(0, 0, 0, NOBODY)).isEqualTo(250 * MILLI);
        assertThat(rhythm.next(100 * MILLI, 1, 0, NOBODY)).isEqualTo(50 * MILLI);
        assertThat(rhythm.next(1_050 * MILLI, 1, 0, NOBODY)).isEqualTo(50 * MILLI);
        assertThat(rhythm.next(1_150 * MILLI, 1, 0, NOBODY)).isEqualTo(250 * MILLI);
        assertThat(rhythm.next(9_000 * MILLI, 2, 1, NOBODY)).isEqualTo(50 * MILLI);
        assertThat(rhythm.next(19_000 * MILLI, 2, 1, NOBODY))
                .as("one long call")
                .isEqualTo(50 * MILLI);
    }

    @Test
    void configuredInterval_countsWhileBusy() {
        assertThat(rhythm(Duration.ofMillis(10)).next(5 * MILLI, 1, 0, NOBODY)).isEqualTo(10 * MILLI);
        assertThat(rhythm(Duration.ofSeconds(1)).next(5_000 * MILLI, 0, 0, NOBODY))
                .isEqualTo(1_000 * MILLI);
    }

    @Test
    void slowCounter_shortensTheTickWhileBusy_andNeverLengthensIt() {
        assertThat(rhythm(Duration.ofMillis(50)).next(0, 1, 0, 20 * MILLI)).isEqualTo(20 * MILLI);
        assertThat(rhythm(Duration.ofMillis(50)).next(0, 1, 0, 80 * MILLI)).isEqualTo(50 * MILLI);
        assertThat(rhythm(Duration.ofMillis(50)).next(0, 0, 0, 20 * MILLI)).isEqualTo(250 * MILLI);
    }

    @Test
    void limit_lengthensAllTicks_alsoThoseForSlowCountersAndTheQuietOnes() {
        SelfLimiter limiter = SelfLimiterTest.lengthenedTwice();
        Rhythm rhythm = new Rhythm(Duration.ofMillis(50), limiter);
        assertThat(rhythm.next(0, 0, 0, NOBODY)).as("quiet").isEqualTo(1_000 * MILLI);
        assertThat(rhythm.next(0, 1, 0, NOBODY)).as("busy").isEqualTo(200 * MILLI);
        assertThat(rhythm.next(0, 1, 1, 10 * MILLI)).as("slow counter").isEqualTo(40 * MILLI);
        assertThat(rhythm.busyNanos()).isEqualTo(10 * MILLI);
        assertThat(rhythm.busyNanosInForce()).isEqualTo(40 * MILLI);
        assertThat(new Rhythm(Duration.ofSeconds(10), limiter).next(0, 1, 1, NOBODY))
                .as("longer than the limiter ever makes one")
                .isEqualTo(10_000 * MILLI);
    }
}
