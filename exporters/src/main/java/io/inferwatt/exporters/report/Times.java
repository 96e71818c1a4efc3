package io.inferwatt.exporters.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as text. */
final class Times {

    private Times() {}

    /** Returns RFC 3339 in UTC, to the second. */
    static String text(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
