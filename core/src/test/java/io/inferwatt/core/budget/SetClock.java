package io.inferwatt.core.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock that a test sets, and beside it one that only goes forward. */
final class SetClock extends Clock {

    private Instant now;
    private long nanos = -7_000_000_000L;

    SetClock(String local, String zone) {
        set(local, zone);
    }

    void set(String local, String zone) {
        now = LocalDateTime.parse(local).atZone(ZoneId.of(zone)).toInstant();
    }

    /** Time passes. */
    void pass(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }

    /** Somebody sets the clock. */
    void jump(Duration duration) {
        now = now.plus(duration);
    }

    long nanoTime() {
        return nanos;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
