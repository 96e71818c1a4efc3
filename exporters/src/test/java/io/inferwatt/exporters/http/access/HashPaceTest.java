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
        assertThat(pace.begin("user", "a")).isTrue();
        assertThat(pace.begin("user", "b")).isFalse();
        assertThat(pace.begin("other user", "a")).isFalse();
        pace.done("user", "a", true);
        assertThat(pace.begin("user", "b")).isTrue();
    }

    @Test
    void afterAWrongOne_theUserRestsNineteenTimesAsLong_andTheGuesserSomeSeconds() {
        assertThat(pace.begin("user", "guesser")).isTrue();
        pass(100);
        pace.done("user", "guesser", false);
        pass(1899);
        assertThat(pace.begin("user", "other")).isFalse();
        pass(1);
        assertThat(pace.begin("user", "other")).isTrue();
        pace.done("user", "other", true);
        assertThat(pace.begin("user", "guesser")).isFalse();
        pass(5000);
        assertThat(pace.begin("user", "guesser")).isTrue();
        pace.done("user", "guesser", true);
        assertThat(pace.begin("user", "guesser")).isTrue();
    }

    @Test
    void afterAWrongOne_otherUsersDoNotRest_evenAtTheSamePlace() {
        assertThat(pace.begin("", "ingress")).isTrue();
        pass(100);
        pace.done("", "ingress", false);
        assertThat(pace.begin("", "ingress")).isFalse();
        assertThat(pace.begin("user", "ingress")).isTrue();
        pace.done("user", "ingress", true);
        assertThat(pace.begin("", "another place")).isFalse();
    }

    /** Ten thousand places that guess get a twentieth of one processor, whatever they do. */
    @Test
    void manyGuessers_getATwentiethOfTheTime() {
        long begin = nanos.get();
        long hashing = 0;
        for (int i = 0; i < 10_000; i++) {
            if (pace.begin("user", "guesser " + i)) {
                pass(300);
                hashing += TimeUnit.MILLISECONDS.toNanos(300);
                pace.done("user", "guesser " + i, false);
            }
            pass(10);
        }
        assertThat(hashing).isLessThanOrEqualTo((nanos.get() - begin) / 19);
    }
}
