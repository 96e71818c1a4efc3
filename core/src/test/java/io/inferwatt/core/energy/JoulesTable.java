package io.inferwatt.core.energy;

import java.util.Locale;

/**
 * What scenarios truly drew and what was read of it. Prints a row each where the system property {@code joules.table} is
 * {@code true}: {@code ./mvnw -q -pl core test -Djoules.table=true}.
 */
public final class JoulesTable {

    private JoulesTable() {}

    /**
     * Adds a scenario.
     *
     * @param gapSeconds time of which the meter said that its energy is unknown
     */
    public static void row(String scenario, double trueJoules, double readJoules, double gapSeconds) {
        if (Boolean.getBoolean("joules.table")) {
            System.out.printf(
                    Locale.ROOT,
                    "joules | %-60s | %12.3f | %12.3f | %+8.3f %% | gap %6.2f s%n",
                    scenario,
                    trueJoules,
                    readJoules,
                    trueJoules == 0 ? 0 : 100 * (readJoules - trueJoules) / trueJoules,
                    gapSeconds);
        }
    }
}
