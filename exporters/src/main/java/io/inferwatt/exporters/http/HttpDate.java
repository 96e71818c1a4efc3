package io.inferwatt.exporters.http;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The date of an answer (RFC 9110, 5.6.7). A formatter of the JDK would load the application's locale for it. */
final class HttpDate {

    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private HttpDate() {}

    static String of(long epochSeconds) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(epochSeconds, 0, ZoneOffset.UTC);
        return third(DAYS, time.getDayOfWeek().getValue()) + ", " + two(time.getDayOfMonth()) + " "
                + third(MONTHS, time.getMonthValue()) + " " + time.getYear() + " " + two(time.getHour()) + ":"
                + two(time.getMinute()) + ":" + two(time.getSecond()) + " GMT";
    }

    private static String third(String names, int number) {
        return names.substring(3 * number - 3, 3 * number);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
