package io.inferwatt.core.budget;

import io.inferwatt.core.budget.BudgetWindow.Calendar;
import io.inferwatt.core.budget.BudgetWindow.Rolling;
import io.inferwatt.core.input.OneLine;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Reads budgets from the settings {@code budget.<name>.<property>}. One line for a person for each value that is not understood. */
final class BudgetReader {

    static final List<Double> DEFAULT_THRESHOLDS = List.of(50.0, 80.0, 100.0);

    private static final String ALLOWED_LIMIT =
            "a number above 0 and a unit: J, kJ, MJ, Wh, kWh, g, kg, L, mL or J/request";
    private static final String ALLOWED_WINDOW =
            "day, week, month, or the last so many m, h or d, from 1m to 366d, such as 24h";
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    /** Above this a threshold is a mistake. */
    private static final double HIGHEST_PERCENT = 1000;

    private final ToLongFunction<String> tenantHashes;
    private final ZoneId systemZone;
    private final List<String> problems;

    BudgetReader(ToLongFunction<String> tenantHashes, ZoneId systemZone, List<String> problems) {
        this.tenantHashes = tenantHashes;
        this.systemZone = systemZone;
        this.problems = problems;
    }

    /** Returns all that are understood, by name; of the others at least one problem is told. */
    List<Budget> read(Map<String, Map<String, String>> properties) {
        List<Budget> budgets = new ArrayList<>();
        new TreeMap<>(properties).forEach((name, written) -> {
            Budget budget = new One(name, written).read();
            if (budget != null) {
                budgets.add(budget);
            }
        });
        return budgets;
    }

    /** One budget while it is read. */
    private final class One {

        private final String name;
        private final Map<String, String> written;

        One(String name, Map<String, String> written) {
            this.name = name;
            this.written = written;
        }

        @Nullable
        Budget read() {
            String limit = text("limit");
            if (limit.isEmpty()) {
                problems.add("budget." + name + ": has no limit; allowed: budget." + name + ".limit=" + ALLOWED_LIMIT
                        + "; the budget is left out");
                return null;
            }
            int unitAt = unitAt(limit);
            BudgetUnit unit = BudgetUnit.of(limit.substring(unitAt).strip());
            double amount = number(limit.substring(0, unitAt));
            BudgetWindow window = window();
            if (unit == null || !(amount > 0) || Double.isInfinite(amount * unit.factor)) {
                problem("limit", ALLOWED_LIMIT, "the budget is left out");
                return null;
            }
            if (window == null) {
                problem("window", ALLOWED_WINDOW, "the budget is left out");
                return null;
            }
            return new Budget(
                    name,
                    BudgetSelector.of(patterns("model"), patterns("operation"), patterns("tenant"), tenantHashes),
                    unit,
                    amount * unit.factor,
                    window,
                    thresholds(),
                    reject(unit));
        }

        private String text(String property) {
            return written.getOrDefault(property, "").strip();
        }

        private void problem(String property, String allowed, String instead) {
            problems.add("budget." + name + "." + property + "=" + shown(text(property)) + ": allowed: " + allowed
                    + "; " + instead);
        }

        private @Nullable BudgetWindow window() {
            String text = text("window");
            if (text.isEmpty()) {
                return new Calendar(BudgetWindow.Unit.MONTH, zone());
            }
            for (BudgetWindow.Unit unit : BudgetWindow.Unit.values()) {
                if (unit.label().equalsIgnoreCase(text)) {
                    return new Calendar(unit, zone());
                }
            }
            Duration length = duration(text);
            return length == null || length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0
                    ? null
                    : new Rolling(length);
        }

        private ZoneId zone() {
            String text = text("zone");
            if (text.isEmpty()) {
                return systemZone;
            }
            try {
                return ZoneId.of(text);
            } catch (DateTimeException unknown) {
                problem(
                        "zone",
                        "a time zone such as Europe/Berlin or UTC",
                        "the zone of this system, " + systemZone.getId() + ", is used");
                return systemZone;
            }
        }

        private List<NamePattern> patterns(String property) {
            List<NamePattern> patterns = new ArrayList<>();
            for (String part : parts(text(property))) {
                if (!part.isEmpty()) {
                    patterns.add(new NamePattern(part));
                }
            }
            return patterns.isEmpty() ? List.of(new NamePattern("*")) : patterns;
        }

        private List<Double> thresholds() {
            String text = text("thresholds");
            if (text.isEmpty()) {
                return DEFAULT_THRESHOLDS;
            }
            TreeSet<Double> thresholds = new TreeSet<>();
            for (String part : parts(text)) {
                double percent = number(part);
                if (!(percent > 0 && percent <= HIGHEST_PERCENT)) {
                    problem(
                            "thresholds",
                            "percent of the limit, above 0 and at most 1000, separated by semicolons",
                            "50;80;100 is used");
                    return DEFAULT_THRESHOLDS;
                }
                thresholds.add(percent);
            }
            return List.copyOf(thresholds);
        }

        private boolean reject(BudgetUnit unit) {
            String text = text("reject");
            boolean reject = text.equalsIgnoreCase("true");
            if (reject && unit == BudgetUnit.JOULE_PER_REQUEST) {
                problem("reject", "false where the limit is in J/request", "no call is rejected");
                return false;
            }
            if (!reject && !text.isEmpty() && !text.equalsIgnoreCase("false")) {
                problem("reject", "true or false", "no call is rejected");
            }
            return reject;
        }
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int begin = 0;
        for (int end = text.indexOf(';'); end >= 0; end = text.indexOf(';', begin)) {
            parts.add(text.substring(begin, end).strip());
            begin = end + 1;
        }
        parts.add(text.substring(begin).strip());
        return parts;
    }

    private static int unitAt(String text) {
        int at = 0;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return at;
    }

    /** Returns NaN for what is no plain decimal number. */
    private static double number(String text) {
        boolean plain = !text.isEmpty() && unitAt(text) == text.length() && text.length() <= 25;
        try {
            return plain ? Double.parseDouble(text) : Double.NaN;
        } catch (NumberFormatException twoPoints) {
            return Double.NaN;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static @Nullable Duration duration(String text) {
        int unitAt = text.length() - 1;
        for (int i = 0; i < unitAt; i++) {
            if (!isDigit(text.charAt(i))) {
                return null;
            }
        }
        if (unitAt < 1 || unitAt > 6) {
            return null;
        }
        long count = Long.parseLong(text.substring(0, unitAt));
        return switch (text.charAt(unitAt)) {
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            case 'd' -> Duration.ofDays(count);
            default -> null;
        };
    }

    /** A value in a line: on one line, and not endless. */
    private static String shown(String text) {
        return "'" + OneLine.of(text, 60) + "'";
    }
}
