package io.inferwatt.core.config;

import io.inferwatt.core.input.Bounded;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys {@code budget.<name>.<property>}. Environment names have no hyphen, so both signs mean the same.
 *
 * @param budget name in lower case with hyphens
 * @param property one of {@link #PROPERTIES}
 */
record BudgetKey(String budget, String property) {

    static final List<String> PROPERTIES =
            List.of("limit", "window", "zone", "model", "operation", "tenant", "thresholds", "reject");

    /** Beyond this none is one. */
    private static final int LONGEST_VARIABLE = 100;

    private static final String ANY_PROPERTY = "(" + String.join("|", PROPERTIES) + ")";
    private static final Pattern KEY = Pattern.compile("budget\\.([a-z0-9][a-z0-9_-]{0,39})\\." + ANY_PROPERTY);
    private static final Pattern VARIABLE =
            Pattern.compile("inferwatt_budget_([a-z0-9][a-z0-9_]{0,39})_" + ANY_PROPERTY);

    /** Returns the key of that text, or null if it is another one. */
    static @Nullable BudgetKey of(String key) {
        return found(KEY.matcher(key));
    }

    /** Returns the key that an environment variable sets, or null if the variable is another one. */
    static @Nullable BudgetKey ofVariable(String variable) {
        return found(VARIABLE.matcher(Bounded.lowerCase(variable, LONGEST_VARIABLE)));
    }

    private static @Nullable BudgetKey found(Matcher matcher) {
        return matcher.matches() ? new BudgetKey(matcher.group(1).replace('_', '-'), matcher.group(2)) : null;
    }

    String text() {
        return "budget." + budget + '.' + property;
    }
}
