package io.inferwatt.it.demo;

import java.time.Duration;

/**
 * How hard the load is.
 *
 * @param users how many ask at the same time, each waiting for an answer before the next question
 * @param restPerAnswer how long a user rests after an answer, in multiples of the time that the answer took
 * @param duration after which it ends
 * @param mostRequests after which it ends, if that is earlier
 */
record Pace(int users, double restPerAnswer, Duration duration, long mostRequests) {

    private static final int MOST_USERS = 8;
    private static final long MOST_REQUESTS = 200_000;
    private static final double LIGHT_REST = 19;

    /** About half of the processors' time, on whatever machine: users rest as long as they waited. */
    static Pace moderate(int processors, Duration duration) {
        return new Pace(Math.max(2, Math.min(processors, MOST_USERS)), 1, duration, MOST_REQUESTS);
    }

    /** One user who waits a twentieth of the time, for as long as the process lives. */
    static Pace lightForever() {
        return new Pace(1, LIGHT_REST, Duration.ofDays(365), Long.MAX_VALUE);
    }
}
