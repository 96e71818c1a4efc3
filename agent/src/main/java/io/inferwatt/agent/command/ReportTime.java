package io.inferwatt.agent.command;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Reads moments as people write them: a time with its zone, a day, or how long ago. */
final class ReportTime {

    private static final String ALLOWED =
            "a time such as 2026-11-30T10:00:00Z, a day such as 2026-11-30 (UTC), or how long ago, such as 90m, 24h or 30d";
    private static final long LONGEST_AGO = 100_000;

    private ReportTime() {}

    static Instant of(String option, String text, Instant now) throws MisunderstoodException {
        try {
            if (text.indexOf('-') > 0) {
                return text.indexOf('T') > 0
                        ? java.time.OffsetDateTime.parse(text).toInstant()
                        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            long amount = Long.parseLong(text.substring(0, text.length() - 1));
            Duration unit = unit(text.charAt(text.length() - 1));
            if (amount > 0 && amount <= LONGEST_AGO && !unit.isZero()) {
                return now.minus(unit.multipliedBy(amount));
            }
        } catch (DateTimeParseException | NumberFormatException notUnderstood) {
            // told below
        }
        throw new MisunderstoodException(
                "report: " + option + " '" + text + "' is not understood; allowed: " + ALLOWED);
    }

    private static Duration unit(char letter) {
        return switch (letter) {
            case 's' -> Duration.ofSeconds(1);
            case 'm' -> Duration.ofMinutes(1);
            case 'h' -> Duration.ofHours(1);
            case 'd' -> Duration.ofDays(1);
            default -> Duration.ZERO;
        };
    }
}
