package io.inferwatt.core.footprint.live;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** When to ask again: in the usual rhythm while all is well, ever more slowly while it is not. One thread. */
final class Pace {

    private static final double FIRST_SECONDS = 10;
    private static final double LONGEST_SECONDS = 1800;
    /** Of what a server may ask for. */
    private static final long LONGEST_RETRY_AFTER_SECONDS = 86_400;

    private final double usualSeconds;
    private final DoubleSupplier random;
    private int failures;

    /** @param random from 0 to 1: many JVMs that began to fail together must not come back together */
    Pace(Duration usual, DoubleSupplier random) {
        this.usualSeconds = usual.toMillis() / 1e3;
        this.random = random;
    }

    Duration afterSuccess() {
        failures = 0;
        return seconds(usualSeconds * (0.9 + 0.1 * random.getAsDouble()));
    }

    /** Returns when to look at what was no failure, only too early. */
    Duration afterNothingNew() {
        failures = 0;
        return seconds(usualSeconds);
    }

    /** @param retryAfterSeconds that the server asks for, 0 if it does not */
    Duration afterFailure(long retryAfterSeconds) {
        double doubled = FIRST_SECONDS * Math.pow(2, Math.min(failures++, 20));
        double jittered = Math.min(LONGEST_SECONDS, doubled) * (0.75 + 0.25 * random.getAsDouble());
        return seconds(Math.max(jittered, (double) Math.min(retryAfterSeconds, LONGEST_RETRY_AFTER_SECONDS)));
    }

    /** Returns when to ask again where a person has to do something first. */
    Duration afterRefusal(long retryAfterSeconds) {
        failures++;
        return seconds(Math.max(LONGEST_SECONDS, (double) Math.min(retryAfterSeconds, LONGEST_RETRY_AFTER_SECONDS)));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(1000 * seconds));
    }
}
