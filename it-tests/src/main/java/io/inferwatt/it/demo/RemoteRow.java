package io.inferwatt.it.demo;

import java.util.Set;

/**
 * What the calls of one remote model drew.
 *
 * @param operation what it does; several with a plus between them
 * @param requests that ended
 * @param inputTokens read by all of them
 * @param outputTokens written by all of them
 * @param joulesWithIdle of other machines, IT energy, estimated
 * @param localJoules of this machine, with idle: what the client used
 * @param grams of CO2e at facility level, here and there
 * @param unestimated requests without an estimate
 * @param methods that made the estimate, by id
 */
record RemoteRow(
        String name,
        String operation,
        long requests,
        long inputTokens,
        long outputTokens,
        Band joulesWithIdle,
        double localJoules,
        double grams,
        long unestimated,
        Set<String> methods) {

    RemoteRow {
        methods = Set.copyOf(methods);
    }

    /** Returns the estimated joules of a request that has an estimate. */
    Band joulesPerRequest() {
        return joulesWithIdle.dividedBy((double) estimated());
    }

    long estimated() {
        return requests - unestimated;
    }
}
