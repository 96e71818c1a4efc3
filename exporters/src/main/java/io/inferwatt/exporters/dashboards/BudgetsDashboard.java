package io.inferwatt.exporters.dashboards;

import static io.inferwatt.exporters.dashboards.Promql.J;
import static io.inferwatt.exporters.dashboards.Promql.known;
import static io.inferwatt.exporters.dashboards.Promql.latestPush;
import static io.inferwatt.exporters.dashboards.Promql.sumRate;
import static io.inferwatt.exporters.dashboards.Promql.topOfMeans;
import static io.inferwatt.exporters.dashboards.Promql.topOfRange;

import io.inferwatt.exporters.dashboards.Dashboard.Variable;
import io.inferwatt.exporters.dashboards.Panel.Kind;
import io.inferwatt.exporters.dashboards.Panel.Limits;
import java.util.List;

/** How much of each budget is gone, how fast the rest goes, and what will be left. All JVMs of a job share one budget. */
final class BudgetsDashboard {

    private static final String B = J + ",budget=~\"$budget\"";

    private BudgetsDashboard() {}

    static Dashboard make() {
        return new Dashboard(
                "inferwatt-budgets",
                "Inferwatt / Budgets",
                "Budgets of joules, CO2e, water and joules a request: consumed, pace, forecast.",
                List.of(Variable.JOB, Variable.INSTANCE, Variable.BUDGET),
                List.of(
                        bars(),
                        forecast(),
                        table(),
                        consumed(),
                        pace(),
                        amounts("Energy budgets", "joule", "energy", "joules", "joules, with idle (IT energy)"),
                        amounts(
                                "CO2e budgets",
                                "massg",
                                "co2e",
                                "grams",
                                "grams of CO2e, with idle and building, location-based"),
                        amounts(
                                "Water budgets",
                                "litre",
                                "water",
                                "liters",
                                "litres of water, with idle, on site and at power plants"),
                        means(),
                        unknown(),
                        rejected()));
    }

    /**
     * Returns consumed over limit by job, budget and kind. Every JVM of a job tells the same limit, so the largest counts and consumption
     * adds up; means cannot be added, so the worst JVM counts.
     *
     * @param matchers of the JVMs and budgets
     */
    static String consumedRatio(String matchers) {
        return "sum by (job, budget, kind) ("
                + latestPush("inferwatt_budget_consumed_ratio{" + matchers + ",kind!=\"efficiency\"}", "budget, kind")
                + ") or max by (job, budget, kind) (inferwatt_budget_consumed_ratio{" + matchers
                + ",kind=\"efficiency\"})";
    }

    /** Returns the pace of the whole job, 1 = on plan: each JVM tells its own, of the same limit, so they add up. */
    private static String pace(String window) {
        return sumOfKnown("inferwatt_budget_burn_ratio{" + B + ",window=\"" + window + "\"}", "budget, kind, window");
    }

    private static String forecastRatio() {
        return sumOfKnown("inferwatt_budget_forecast_ratio{" + B + "}", "budget, kind");
    }

    // A JVM knows neither in its first minute, and one that was restarted shall not make those of its job unknown.
    private static String sumOfKnown(String gauge, String labels) {
        return "sum by (job, budget, kind) (" + latestPush(known(gauge), labels) + ")";
    }

    private static Panel bars() {
        return Panel.of(Kind.BARS, "Consumed", "percentunit", """
                        Consumed over limit in the present window, over restarts, summed over the JVMs of a job that run now; of a mean, the worst
                        JVM. The twenty fullest budgets. Yellow from 80 %, red from 100 %.""")
                .ask("{{budget}} ({{kind}}, {{job}})", "topk(20, (" + consumedRatio(B) + "))")
                .limits(Limits.CONSUMED)
                .upTo(1)
                .absent("no budget");
    }

    private static Panel forecast() {
        return Panel.of(Kind.BARS, "Forecast for the end of the window", "percentunit", """
                        Consumed over limit at the window's end if the last hour goes on, summed over the JVMs of a job; of a rolling window the
                        pace of that hour. A JVM in its first minute is not in it. The twenty fullest.""")
                .ask("{{budget}} ({{kind}}, {{job}})", "topk(20, (" + forecastRatio() + "))")
                .limits(Limits.CONSUMED)
                .absent("no budget with a forecast");
    }

    private static Panel table() {
        return Panel.of(Kind.TABLE, "All budgets", "percentunit", """
                        One row for each budget of a job: consumed over limit, pace over the last hour (1 = on plan), forecast for the window's
                        end. Means have neither pace nor forecast. Boundary with_idle.""")
                .column("Consumed", consumedRatio(B), "percentunit")
                .column("Pace, 1 h", pace("1h"), "none")
                .column("Forecast", forecastRatio(), "percentunit")
                .size(24, 7)
                .absent("–");
    }

    private static Panel consumed() {
        return Panel.of(Kind.LINES, "Consumed over time", "percentunit", """
                        Consumed over limit, summed over the JVMs of a job that run now; a fall is the begin of a new window, or a JVM that
                        is gone with what it had consumed. The ten fullest.""")
                .ask("{{budget}} ({{kind}}, {{job}})", topOfMeans("(" + consumedRatio(B) + ")"))
                .absent("no budget");
    }

    private static Panel pace() {
        return Panel.of(Kind.LINES, "Pace", "none", """
                        Speed of consumption over the last 5 minutes and the last hour, summed over the JVMs of a job. 1: the limit is reached just
                        at the window's end. A JVM in its first minute is not in it. Peaks of 2 or 3 in the middle of a day are
                        normal. The ten fastest each.""")
                .ask("{{budget}} ({{job}}), 1 h", topOfMeans(pace("1h")))
                .ask("{{budget}} ({{job}}), 5 min", topOfMeans(pace("5m")))
                .absent("no budget with a pace");
    }

    private static Panel amounts(String title, String unit, String kind, String amount, String meaning) {
        String consumed = "inferwatt_budget_" + kind + "_consumed_" + amount;
        String limit = "inferwatt_budget_" + kind + "_limit_" + amount;
        return Panel.of(
                        Kind.LINES,
                        title,
                        unit,
                        "Consumed in the present window beside the limit: " + meaning
                                + ". Consumption is summed over the JVMs of a job that run now, the limit is the largest that one of"
                                + " them tells. What is not known is not in it. The ten largest each.")
                .ask(
                        "{{budget}} ({{job}}), consumed",
                        topOfMeans("sum by (job, budget) (" + latestPush(consumed + "{" + B + "}", "budget") + ")"))
                .ask("{{budget}} ({{job}}), limit", topOfMeans("max by (job, budget) (" + limit + "{" + B + "})"))
                .absent("no such budget")
                .size(8, 8);
    }

    private static Panel means() {
        return Panel.of(Kind.LINES, "Joules a request against their limit", "joule", """
                        Mean joules of the requests of the present window whose joules are known, on the worst JVM of a job, beside the mean that the
                        budget allows (boundary with_idle, IT energy). The ten largest each.""")
                .ask(
                        "{{budget}} ({{job}}), mean",
                        topOfMeans("max by (job, budget) ("
                                + known("inferwatt_budget_efficiency_mean_joules{" + B + "}") + ")"))
                .ask(
                        "{{budget}} ({{job}}), limit",
                        topOfMeans("max by (job, budget) (inferwatt_budget_efficiency_limit_joules{" + B + "})"))
                .absent("no such budget")
                .size(8, 8);
    }

    private static Panel unknown() {
        return Panel.of(Kind.LINES, "Requests charged in part", "reqps", """
                        Requests a second whose figure is not known, in whole or in part: what is known of them is charged, so the budget is
                        consumed faster than it shows. The ten budgets with most.""")
                .ask(
                        "{{budget}} ({{job}})",
                        topOfRange(sumRate("job, budget", "inferwatt_budget_unknown_requests_total", B)))
                .absent("no budget")
                .size(8, 8);
    }

    private static Panel rejected() {
        return Panel.of(Kind.LINES, "Rejected requests", "reqps", """
                        Requests a second that were not made because a budget with reject=true is used up. The application sees an error. The
                        ten budgets with most.""")
                .ask(
                        "{{budget}} ({{job}})",
                        topOfRange(sumRate("job, budget", "inferwatt_budget_rejected_requests_total", B)))
                .absent("no budget")
                .size(8, 8);
    }
}
