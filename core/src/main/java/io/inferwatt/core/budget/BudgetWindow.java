package io.inferwatt.core.budget;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** The time over which a budget is counted. Immutable. */
sealed interface BudgetWindow {

    /** Returns an empty count. */
    Spending begin();

    /** Returns what tells this window from others; consumption is kept as long as it is the same. */
    String text();

    /** Returns what it is, for a person. */
    String describe();

    /** Returns until when a used-up budget stays so, for a person. */
    String until(long endMillis);

    /** Returns the name of the zone, empty if it has none. */
    String zoneName();

    /** The units of the calendar. */
    enum Unit {
        DAY,
        WEEK,
        MONTH;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        private LocalDate firstDay(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
            };
        }

        private LocalDate next(LocalDate firstDay) {
            return switch (this) {
                case DAY -> firstDay.plusDays(1);
                case WEEK -> firstDay.plusWeeks(1);
                case MONTH -> firstDay.plusMonths(1);
            };
        }
    }

    /** From midnight to midnight of a zone, whatever its clocks do in between. */
    record Calendar(Unit unit, ZoneId zone) implements BudgetWindow {

        private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ROOT);

        /** From its first millisecond to that of the next one. */
        record Period(long startMillis, long endMillis) {

            boolean isEndedAt(long epochMillis) {
                return epochMillis >= endMillis;
            }

            long millis() {
                return endMillis - startMillis;
            }
        }

        Period periodOf(long epochMillis) {
            LocalDate first =
                    unit.firstDay(Instant.ofEpochMilli(epochMillis).atZone(zone).toLocalDate());
            return new Period(midnight(first), midnight(unit.next(first)));
        }

        /** The first moment of a day, which is later than midnight where clocks are put forward just then. */
        private long midnight(LocalDate day) {
            return day.atStartOfDay(zone).toInstant().toEpochMilli();
        }

        @Override
        public Spending begin() {
            return new CalendarSpending(this);
        }

        @Override
        public String text() {
            return unit.label() + " " + zone.getId();
        }

        @Override
        public String describe() {
            return "a " + unit.label() + " in " + zone.getId();
        }

        @Override
        public String until(long endMillis) {
            return "until " + MINUTES.format(Instant.ofEpochMilli(endMillis).atZone(zone)) + " " + zone.getId();
        }

        @Override
        public String zoneName() {
            return zone.getId();
        }
    }

    /** The last so many hours, at any moment. */
    record Rolling(Duration length) implements BudgetWindow {

        @Override
        public Spending begin() {
            return new RollingSpending(length.toMillis());
        }

        @Override
        public String text() {
            return "rolling " + length.toMillis();
        }

        @Override
        public String describe() {
            return "in any " + hours();
        }

        @Override
        public String until(long endMillis) {
            return "in the last " + hours();
        }

        private String hours() {
            long minutes = length.toMinutes();
            return minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min";
        }

        @Override
        public String zoneName() {
            return "";
        }
    }
}
