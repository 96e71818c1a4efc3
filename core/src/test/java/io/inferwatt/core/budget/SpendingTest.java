package io.inferwatt.core.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days that are no 24 hours, and clocks that are wrong. */
class SpendingTest {

    private static final String BERLIN = "Europe/Berlin";

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    private static Spending calendar(BudgetWindow.Unit unit, String zone, String instant) {
        Spending spending = new BudgetWindow.Calendar(unit, ZoneId.of(zone)).begin();
        spending.moveTo(millis(instant));
        return spending;
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T10:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, 23",
        "2026-10-25T10:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 25",
        "2026-11-30T22:59:59Z, 2026-11-29T23:00:00Z, 2026-11-30T23:00:00Z, 24"
    })
    void day_lastsFromMidnightToMidnight_howeverManyHoursThatIs(String now, String start, String end, long hours) {
        Spending day = calendar(BudgetWindow.Unit.DAY, BERLIN, now);
        assertThat(day.startMillis()).isEqualTo(millis(start));
        assertThat(day.endMillis()).isEqualTo(millis(end));
        assertThat(day.endMillis() - day.startMillis())
                .isEqualTo(Duration.ofHours(hours).toMillis());
    }

    @Test
    void day_ofAZoneThatHasNoMidnightThatDay_beginsWithItsFirstMoment() {
        // Chile put its clocks forward at midnight, from 2026-09-05T24:00 to 01:00.
        Spending day = calendar(BudgetWindow.Unit.DAY, "America/Santiago", "2026-09-06T12:00:00Z");
        assertThat(day.startMillis()).isEqualTo(millis("2026-09-06T04:00:00Z"));
        assertThat(day.endMillis()).isEqualTo(millis("2026-09-07T03:00:00Z"));
    }

    @Test
    void hourThatComesTwice_isOneDayStill() {
        Spending day = calendar(BudgetWindow.Unit.DAY, BERLIN, "2026-10-25T00:30:00Z");
        day.add(1, 1);
        assertThat(day.moveTo(millis("2026-10-25T01:30:00Z"))).isFalse();
        day.add(1, 1);
        assertThat(day.amount()).isEqualTo(2);
        assertThat(day.moveTo(millis("2026-10-25T22:59:59.999Z"))).isFalse();
        assertThat(day.moveTo(millis("2026-10-25T23:00:00Z"))).isTrue();
        assertThat(day.amount()).isZero();
        assertThat(day.requests()).isZero();
    }

    @Test
    void week_beginsOnMonday_monthOnItsFirst() {
        Spending week = calendar(BudgetWindow.Unit.WEEK, "UTC", "2026-11-29T23:59:59Z"); // a Sunday
        assertThat(week.startMillis()).isEqualTo(millis("2026-11-23T00:00:00Z"));
        assertThat(week.endMillis()).isEqualTo(millis("2026-11-30T00:00:00Z"));
        Spending month = calendar(BudgetWindow.Unit.MONTH, "UTC", "2028-02-29T12:00:00Z");
        assertThat(month.startMillis()).isEqualTo(millis("2028-02-01T00:00:00Z"));
        assertThat(month.endMillis()).isEqualTo(millis("2028-03-01T00:00:00Z"));
    }

    @Test
    void clockThatWasAheadForAWhile_givesTheWindowBackWithAllThatWasCharged() {
        Spending day = calendar(BudgetWindow.Unit.DAY, "UTC", "2026-11-30T12:00:00Z");
        day.add(5, 2);
        assertThat(day.moveTo(millis("2027-06-01T12:00:00Z"))).isTrue();
        day.add(1, 1);
        assertThat(day.moveTo(millis("2026-11-30T12:05:00Z"))).isFalse();

        assertThat(day.startMillis()).isEqualTo(millis("2026-11-30T00:00:00Z"));
        assertThat(day.amount()).isEqualTo(6);
        assertThat(day.requests()).isEqualTo(3);
    }

    @Test
    void clockPutBackOverMidnight_neitherResetsNorDoubles() {
        Spending day = calendar(BudgetWindow.Unit.DAY, "UTC", "2026-11-30T12:00:00Z");
        day.add(5, 1);
        assertThat(day.moveTo(millis("2026-12-01T00:10:00Z"))).isTrue();
        day.add(3, 1);
        assertThat(day.moveTo(millis("2026-11-30T23:50:00Z"))).isFalse();
        day.add(4, 1);
        assertThat(day.amount()).isEqualTo(7);
        assertThat(day.moveTo(millis("2026-12-01T00:00:00Z"))).isFalse();
        assertThat(day.amount()).isEqualTo(7);
        assertThat(day.startMillis()).isEqualTo(millis("2026-12-01T00:00:00Z"));
    }

    @Test
    void clockThatWasYearsAhead_keepsItsAmountAndEndsTheDayAsItShould() {
        Spending day = calendar(BudgetWindow.Unit.DAY, "UTC", "2099-01-01T12:00:00Z");
        day.add(5, 1);
        assertThat(day.moveTo(millis("2026-11-30T12:00:00Z"))).isFalse();
        assertThat(day.amount()).isEqualTo(5);
        assertThat(day.endMillis()).isEqualTo(millis("2026-12-01T00:00:00Z"));
        assertThat(day.moveTo(millis("2026-12-01T00:00:00Z"))).isTrue();
        assertThat(day.amount()).isZero();
    }

    @Test
    void clockThatWasDaysBehindForAWhile_changesNothing() {
        Spending day = calendar(BudgetWindow.Unit.DAY, "UTC", "2026-11-30T12:00:00Z");
        day.add(5, 1);
        day.moveTo(millis("2026-11-20T12:00:00Z"));
        day.add(2, 1);
        assertThat(day.moveTo(millis("2026-11-30T12:10:00Z"))).isFalse();
        assertThat(day.amount()).isEqualTo(7);
        assertThat(day.requests()).isEqualTo(2);
        assertThat(day.moveTo(millis("2026-12-01T00:00:00Z"))).isTrue();
    }

    @Test
    void rolling_forgetsWhatIsOlder() {
        Spending hour = new BudgetWindow.Rolling(Duration.ofHours(1)).begin();
        long begin = millis("2026-11-30T12:00:30Z");
        for (int minute = 0; minute < 60; minute++) {
            hour.moveTo(begin + Duration.ofMinutes(minute).toMillis());
            hour.add(1, 2);
        }
        assertThat(hour.amount()).isEqualTo(60, within(1e-9));
        assertThat(hour.requests()).isEqualTo(120);
        hour.moveTo(begin + Duration.ofMinutes(89).toMillis());
        assertThat(hour.amount()).isEqualTo(30, within(1e-9));
        hour.moveTo(begin + Duration.ofMinutes(119).toMillis());
        assertThat(hour.amount()).isZero();
    }

    @Test
    void rolling_clockPutBackALittle_chargesTheNewestPart() {
        Spending hour = new BudgetWindow.Rolling(Duration.ofHours(1)).begin();
        hour.moveTo(millis("2026-11-30T12:00:30Z"));
        hour.add(1, 1);
        hour.moveTo(millis("2026-11-30T11:30:30Z"));
        hour.add(1, 1);
        hour.moveTo(millis("2026-11-30T12:59:30Z"));
        assertThat(hour.amount()).isEqualTo(2);
        hour.moveTo(millis("2026-11-30T13:00:30Z"));
        assertThat(hour.amount()).isZero();
    }

    @Test
    void rolling_clockThatWasYearsAhead_keepsTheAgeOfWhatWasCharged() {
        Spending hour = new BudgetWindow.Rolling(Duration.ofHours(1)).begin();
        hour.moveTo(millis("2099-01-01T12:00:30Z"));
        hour.add(1, 1);
        hour.moveTo(millis("2099-01-01T12:30:30Z"));
        hour.moveTo(millis("2026-11-30T12:00:30Z"));
        assertThat(hour.amount()).isEqualTo(1);
        hour.moveTo(millis("2026-11-30T12:29:30Z"));
        assertThat(hour.amount()).isEqualTo(1);
        hour.moveTo(millis("2026-11-30T12:30:30Z"));
        assertThat(hour.amount()).isZero();
    }

    @Test
    void rolling_clockThatWasDaysAheadForAWhile_givesBackWhatStillCounts() {
        Spending hour = new BudgetWindow.Rolling(Duration.ofHours(1)).begin();
        hour.moveTo(millis("2026-11-30T12:00:00Z"));
        hour.add(5, 2);
        hour.moveTo(millis("2026-11-30T12:30:00Z"));
        hour.add(3, 1);
        hour.moveTo(millis("2026-12-10T12:00:00Z"));
        assertThat(hour.amount()).isZero();
        hour.add(1, 1);
        hour.moveTo(millis("2026-11-30T12:35:00Z"));
        assertThat(hour.amount()).isEqualTo(9);
        assertThat(hour.requests()).isEqualTo(4);

        hour.moveTo(millis("2026-11-30T13:05:00Z"));
        assertThat(hour.amount()).as("the first five are an hour old").isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"2", "30", "59", "60", "61", "600"})
    void rolling_clockThatWasMinutesAheadForAWhile_givesBackWhatStillCounts(int minutes) {
        Spending hour = new BudgetWindow.Rolling(Duration.ofHours(1)).begin();
        long begin = millis("2026-11-30T12:00:00Z");
        for (int minute = 0; minute < 60; minute++) {
            hour.moveTo(begin + Duration.ofMinutes(minute).toMillis());
            hour.add(1, 1);
        }
        hour.moveTo(begin + Duration.ofMinutes(60 + minutes).toMillis());
        hour.add(100, 1);
        hour.moveTo(begin + Duration.ofMinutes(65).toMillis());
        assertThat(hour.amount()).as("six of an hour ago are too old").isEqualTo(154);
        assertThat(hour.requests()).isEqualTo(55);
        hour.moveTo(begin + Duration.ofMinutes(120).toMillis());
        assertThat(hour.amount()).as("charged while ahead, within this minute").isEqualTo(100);
        hour.moveTo(begin + Duration.ofMinutes(125).toMillis());
        assertThat(hour.amount()).isZero();
    }

    @Test
    void rolling_clockThatIsPutForwardTwiceAndThenRight_givesBackWhatStillCounts() {
        Spending hour = new BudgetWindow.Rolling(Duration.ofHours(1)).begin();
        hour.moveTo(millis("2026-11-30T12:00:00Z"));
        hour.add(5, 1);
        hour.moveTo(millis("2026-12-10T12:00:00Z"));
        hour.moveTo(millis("2026-12-10T12:05:00Z"));
        hour.add(1, 1);
        hour.moveTo(millis("2026-11-30T12:06:00Z"));
        assertThat(hour.amount()).isEqualTo(6);
        assertThat(hour.requests()).isEqualTo(2);
    }

    /** Set {@code -Dspending.seed} and {@code -Dspending.tries} to try others. */
    @Test
    void rolling_clockThatWasWrongForAWhile_neitherLosesNorDoubles() {
        long first = Long.getLong("spending.seed", 1);
        int tries = Integer.getInteger("spending.tries", 3000);
        for (long seed = first; seed < first + tries; seed++) {
            wrongForAWhile(new Random(seed), "-Dspending.seed=" + seed + " -Dspending.tries=1");
        }
        System.out.println("rolling windows under wrong clocks: " + tries + " from seed " + first);
    }

    private static void wrongForAWhile(Random random, String seed) {
        Spending hour = new BudgetWindow.Rolling(Duration.ofHours(1)).begin();
        long epoch = millis("2026-11-30T12:00:00Z");
        double[] charged = new double[400];
        int begin = 1 + random.nextInt(100); // what began wrong cannot be told from a long sleep
        int length = 1 + random.nextInt(58);
        int offset = switch (random.nextInt(3)) {
            case 0 -> 2 + random.nextInt(70);
            case 1 -> 2 + random.nextInt(20_000);
            default -> -1 - random.nextInt(20_000);
        };
        for (int minute = 0; minute < charged.length; minute++) {
            boolean wrong = minute >= begin && minute < begin + length;
            hour.moveTo(
                    epoch + Duration.ofMinutes(minute + (wrong ? offset : 0)).toMillis());
            charged[minute] = random.nextInt(4);
            hour.add(charged[minute], 1);
            boolean back = minute == begin + length;
            if (minute < begin || back || (offset > 0 && minute > begin + length)) {
                // What was charged under a wrong clock keeps its age to a part, and to two where it was turned twice.
                double least = sum(charged, minute - 59, minute);
                boolean exact = minute < begin || (back && offset > 0);
                assertThat(hour.amount())
                        .as("minute %d, clock wrong by %d from %d for %d; %s", minute, offset, begin, length, seed)
                        .isBetween(least, exact ? least : sum(charged, minute - 61, minute));
            }
        }
    }

    private static double sum(double[] charged, int from, int to) {
        double sum = 0;
        for (int minute = Math.max(0, from); minute <= to; minute++) {
            sum += charged[minute];
        }
        return sum;
    }

    @Test
    void rolling_clockThatWasDaysBehindForAWhile_changesNothing() {
        Spending hour = new BudgetWindow.Rolling(Duration.ofHours(1)).begin();
        hour.moveTo(millis("2026-11-30T12:00:30Z"));
        hour.add(1, 1);
        hour.moveTo(millis("2026-11-20T12:00:30Z"));
        hour.add(1, 1);
        hour.moveTo(millis("2026-11-30T12:02:30Z"));
        assertThat(hour.amount()).isEqualTo(2);
        hour.moveTo(millis("2026-11-30T14:02:30Z"));
        assertThat(hour.amount()).isZero();
    }
}
