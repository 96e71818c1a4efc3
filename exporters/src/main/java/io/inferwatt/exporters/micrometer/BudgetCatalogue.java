package io.inferwatt.exporters.micrometer;

import static io.inferwatt.exporters.micrometer.Family.counter;
import static io.inferwatt.exporters.micrometer.Family.gauge;

import java.util.List;

/** The part of the metric contract that tells of budgets: only applications that have set one have these families. */
final class BudgetCatalogue {

    private static final String PREFIX = Catalogue.PREFIX + "budget.";

    private static final String LIMIT_HELP =
            " that the budget allows in its window; every JVM of a fleet says the same, so take the max.";
    private static final String CONSUMED_HELP =
            " charged in the present window by this JVM, over restarts. Boundary: with_idle";
    private static final String REMAINING_HELP = " left of the budget in the present window; 0 once it is used up.";
    private static final String CHARGED_HELP =
            " charged since the meter started: sum its increase over a fleet. Boundary: with_idle";

    static final Family ENERGY_LIMIT = gauge(PREFIX + "energy.limit", "joules", "Joules" + LIMIT_HELP, "budget");
    static final Family ENERGY_CONSUMED =
            gauge(PREFIX + "energy.consumed", "joules", "Joules" + CONSUMED_HELP + ", IT energy.", "budget");
    static final Family ENERGY_REMAINING =
            gauge(PREFIX + "energy.remaining", "joules", "Joules" + REMAINING_HELP, "budget");

    static final Family CO2E_LIMIT = gauge(PREFIX + "co2e.limit", "grams", "Grams of CO2e" + LIMIT_HELP, "budget");
    static final Family CO2E_CONSUMED = gauge(
            PREFIX + "co2e.consumed",
            "grams",
            "Grams of CO2e" + CONSUMED_HELP + ", facility, operational and embodied, location-based.",
            "budget");
    static final Family CO2E_REMAINING =
            gauge(PREFIX + "co2e.remaining", "grams", "Grams of CO2e" + REMAINING_HELP, "budget");

    static final Family WATER_LIMIT = gauge(PREFIX + "water.limit", "liters", "Liters of water" + LIMIT_HELP, "budget");
    static final Family WATER_CONSUMED =
            gauge(PREFIX + "water.consumed", "liters", "Liters of water" + CONSUMED_HELP + ", facility.", "budget");
    static final Family WATER_REMAINING =
            gauge(PREFIX + "water.remaining", "liters", "Liters of water" + REMAINING_HELP, "budget");

    static final Family EFFICIENCY_LIMIT = gauge(
            PREFIX + "efficiency.limit",
            "joules",
            "Mean joules of a request that the budget allows in its window.",
            "budget");
    static final Family EFFICIENCY_MEAN = gauge(
            PREFIX + "efficiency.mean",
            "joules",
            "Mean joules of the requests of the present window whose joules are known; NaN before the first. Boundary: "
                    + "with_idle, IT energy.",
            "budget");

    static final Family CONSUMED = gauge(
            PREFIX + "consumed",
            "ratio",
            "Consumed over limit in the present window, of this JVM; 1 = used up.",
            "budget",
            "kind");
    static final Family BURN = gauge(
            PREFIX + "burn",
            "ratio",
            "Speed of consumption: 1 = the limit is reached just at the window's end. NaN in the first minute.",
            "budget",
            "kind",
            "window");
    static final Family FORECAST = gauge(
            PREFIX + "forecast",
            "ratio",
            "Consumed over limit at the window's end if the last hour goes on. NaN in the first minute.",
            "budget",
            "kind");
    static final Family PERIOD = gauge(
            PREFIX + "period",
            "seconds",
            "Length of the present window; a day may have 23 or 25 hours, a month 28 to 31 days.",
            "budget");
    static final Family PERIOD_START = gauge(
            PREFIX + "period.start.timestamp",
            "seconds",
            "Unix time in seconds at which the present window began; of a rolling one, how far it reaches back.",
            "budget");

    static final Family CHARGED_JOULES =
            counter(PREFIX + "charged", "joules", "Joules" + CHARGED_HELP + ", IT energy.", "budget");
    static final Family CHARGED_GRAMS =
            counter(PREFIX + "charged", "grams", "Grams of CO2e" + CHARGED_HELP + ", facility.", "budget");
    static final Family CHARGED_LITERS =
            counter(PREFIX + "charged", "liters", "Liters of water" + CHARGED_HELP + ", facility.", "budget");

    static final Family UNKNOWN_REQUESTS = counter(
            PREFIX + "unknown.requests",
            null,
            "Requests of the budget whose figure is not known, in whole or in part; only what is known of them is charged.",
            "budget");
    static final Family REJECTED_REQUESTS = counter(
            PREFIX + "rejected.requests", null, "Requests that were rejected because the budget is used up.", "budget");

    static final List<Family> ALL = List.of(
            ENERGY_LIMIT,
            ENERGY_CONSUMED,
            ENERGY_REMAINING,
            CO2E_LIMIT,
            CO2E_CONSUMED,
            CO2E_REMAINING,
            WATER_LIMIT,
            WATER_CONSUMED,
            WATER_REMAINING,
            EFFICIENCY_LIMIT,
            EFFICIENCY_MEAN,
            CONSUMED,
            BURN,
            FORECAST,
            PERIOD,
            PERIOD_START,
            CHARGED_JOULES,
            CHARGED_GRAMS,
            CHARGED_LITERS,
            UNKNOWN_REQUESTS,
            REJECTED_REQUESTS);

    private BudgetCatalogue() {}
}
