package io.inferwatt.exporters.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HashPaceTest {

    private final AtomicLong nanos = new AtomicLong(TimeUnit.DAYS.toNanos(1));
    private final HashPace pace = new HashPace(nanos::get);

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void oneAtATime() {
        assertThat(pace.begin("a")).isTrue();
        assertThat(pace.begin("b")).isFalse();
        pace.done("a", true);
        assertThat(pace.begin("b")).isTrue();
    }

    @Test
    void afterAWrongOne_everybodyRestsNineTimesAsLong_andTheGuesserSomeSeconds() {
        assertThat(pace.begin("guesser")).isTrue();
        pass(100);
        pace.done("guesser", false);
        pass(899);
        assertThat(pace.begin("other")).isFalse();
        pass(1);
        assertThat(pace.begin("other")).isTrue();
        pace.done("other", true);
        assertThat(pace.begin("guesser")).isFalse();
        pass(5000);
        assertThat(pace.begin("guesser")).isTrue();
        pace.done("guesser", true);
        assertThat(pace.begin("guesser")).isTrue();
    }

    /** Ten thousand places that guess get a tenth of one processor, whatever they do. */
    @Test
    void manyGuessers_getATenthOfTheTime() {
        long begin = nanos.get();
        long hashing = 0;
        for (int i = 0; i < 10_000; i++) {
            if (pace.begin("guesser " + i)) {
                pass(300);
                hashing += TimeUnit.MILLISECONDS.toNanos(300);
                pace.done("guesser " + i, false);
            }
            pass(10);
        }
        assertThat(hashing).isLessThanOrEqualTo((nanos.get() - begin) / 9);
    }
}
