package io.inferwatt.exporters.rules;

import java.util.List;

/** Courses that once set off an alert that told nobody anything, or kept one silent. */
final class AlertTraps {

    private static final String LAST = "inferwatt_sampler_last_success_timestamp_seconds";
    private static final String LIMIT = "inferwatt_budget_energy_limit_joules";
    private static final String CONSUMED = "inferwatt_budget_energy_consumed_joules";
    private static final String SLO = "InferwattRequestEnergySlo";

    static final List<AlertCase> ALL = List.of(
            // A batch job that ended after five minutes lies on a Pushgateway for ever.
            silent("InferwattSamplerStale", "", 180, one(LAST, "source=\"rapl\"", "0+60x5 300x180"), pushed("a", 180)),
            silent(
                    "InferwattCoverageLow",
                    "",
                    180,
                    one("inferwatt_attribution_coverage_ratio", "component=\"cpu\"", "0.7x180"),
                    pushed("a", 180)),
            silent(
                    "InferwattGridIntensityStale",
                    "",
                    180,
                    one("inferwatt_grid_intensity_age_seconds", "zone=\"DE\",source=\"uk\"", "8000x180"),
                    pushed("a", 180)),
            silent(
                    "InferwattGridIntensityFailing",
                    "",
                    180,
                    one("inferwatt_grid_intensity_failures_total", "source=\"uk\"", "2x180"),
                    pushed("a", 180)),
            silent(
                    "InferwattBudgetMeanExceeded",
                    "",
                    180,
                    one("inferwatt_budget_consumed_ratio", "budget=\"thrifty\",kind=\"efficiency\"", "1.1x180"),
                    pushed("a", 180)),
            // One that still pushes has a source that died.
            fires(
                    "InferwattSamplerStale",
                    "",
                    20,
                    one(LAST, "source=\"rapl\"", "0+60x5 300x30"),
                    one("push_time_seconds", "", "0+60x30")),
            // Three runs with one state file: 20, 40 and 60 of 100 are 60 consumed, 30, 60 and 90 are 90.
            silent("InferwattBudgetUsedUp", "", 10, runs(20, 40, 60)),
            silent("InferwattBudgetNearlyUsedUp", "", 10, runs(20, 40, 60)),
            fires("InferwattBudgetNearlyUsedUp", "", 10, runs(30, 60, 90)),
            // Used up, and nothing runs any more: a ticket is enough.
            silent("InferwattBudgetUsedUp", "5m", 20, usedUp("1000x30")),
            fires("InferwattBudgetUsedUp", "", 20, usedUp("1000x30")),
            fires("InferwattBudgetUsedUp", "", 20, usedUp("0+1000x30")),
            // Forty minutes at ten times the plan are little of six hours.
            silent("InferwattBudgetBurn", "6h", 40, budget("100", "0", "0+60x50")),
            // One dear call an hour is every call, and no reason to wake anybody.
            silent(SLO, "1h", 64, oneDearCallAnHour()),
            silent(SLO, "6h", 379, oneDearCallAnHour()),
            // The registry of an application: no bucket has the bound, a counter has.
            fires(SLO, "1h", 80, inAnApplication("0+80x90")),
            silent(SLO, "1h", 80, inAnApplication("0+100x90")),
            // A job of an hour is over; a service is gone, and single targets need no words then.
            silent("InferwattMeterSilent", "", 90, agent("1x60 stale"), agentElsewhere(100)),
            silent(
                    "InferwattTargetDown",
                    "",
                    213,
                    agent("1x200 stale"),
                    one("up", "", "1x200 0x30"),
                    agentElsewhere(230)),
            fires(
                    "InferwattMeterSilent",
                    "",
                    213,
                    agent("1x200 stale"),
                    one("up", "", "1x200 0x30"),
                    agentElsewhere(230)),
            // Calls without an estimate have an alert of their own.
            silent(
                    "InferwattCallsDropped",
                    "",
                    40,
                    one("inferwatt_dropped_calls_total", "reason=\"no_figure\"", "0+50x60"),
                    one("inferwatt_requests_total", "model=\"far\",operation=\"chat\",outcome=\"ok\"", "0+100x60")));

    private AlertTraps() {}

    private static AlertCase fires(String alert, String window, int at, String... series) {
        return new AlertCase(alert, window, true, 1, at, List.of(series));
    }

    private static AlertCase silent(String alert, String window, int at, String... series) {
        return new AlertCase(alert, window, false, 1, at, List.of(series));
    }

    private static String one(String name, String labels, String values) {
        return of(name, "a", labels, values);
    }

    private static String of(String name, String instance, String labels, String values) {
        return name + "{job=\"shop\",instance=\"" + instance + "\"" + (labels.isEmpty() ? "" : ",") + labels + "} "
                + values;
    }

    /** The last push was after five minutes. */
    private static String pushed(String instance, int steps) {
        return of("push_time_seconds", instance, "", "0+60x5 300x" + steps);
    }

    private static String agent(String values) {
        return one("inferwatt_agent_info", "version=\"1\"", values);
    }

    private static String agentElsewhere(int steps) {
        return "inferwatt_agent_info{job=\"other\",instance=\"b\",version=\"1\"} 1x" + steps;
    }

    private static String[] runs(int first, int second, int third) {
        String budget = "budget=\"team\"";
        return new String[] {
            of(LIMIT, "1", budget, "100x20"),
            of(LIMIT, "2", budget, "100x20"),
            of(LIMIT, "3", budget, "100x20"),
            of(CONSUMED, "1", budget, first + "x20"),
            of(CONSUMED, "2", budget, second + "x20"),
            of(CONSUMED, "3", budget, third + "x20"),
            of("push_time_seconds", "1", "", "100x20"),
            of("push_time_seconds", "2", "", "200x20"),
            of("push_time_seconds", "3", "", "300x20")
        };
    }

    private static String[] usedUp(String charged) {
        return budget("36000000", "36000000", charged);
    }

    /** @param limit joules of a thousand seconds */
    private static String[] budget(String limit, String consumed, String charged) {
        String budget = "budget=\"team\"";
        return new String[] {
            one(LIMIT, budget, limit + "x60"),
            one(CONSUMED, budget, consumed + "x60"),
            one("inferwatt_budget_period_seconds", budget, "1000x60"),
            one("inferwatt_budget_period_start_timestamp_seconds", budget, "0x60"),
            one("inferwatt_budget_charged_joules_total", budget, charged)
        };
    }

    private static String[] inAnApplication(String within) {
        String model = "model=\"minilm\",operation=\"embeddings\"";
        return new String[] {
            one("inferwatt_request_energy_joules_bucket", model + ",le=\"5000.0\"", "0+100x90"),
            one("inferwatt_requests_within_total", "model=\"minilm\",le=\"50.0\"", within),
            one("inferwatt_request_energy_joules_count", model, "0+100x90")
        };
    }

    private static String[] oneDearCallAnHour() {
        String model = "model=\"chat\",operation=\"chat\"";
        String calls = "0x60 1x59 2x59 3x59 4x59 5x59 6x59";
        return new String[] {
            one("inferwatt_request_energy_joules_bucket", model + ",le=\"50.0\"", "0x420"),
            one("inferwatt_request_energy_joules_bucket", model + ",le=\"5000.0\"", calls),
            one("inferwatt_request_energy_joules_count", model, calls)
        };
    }
}
