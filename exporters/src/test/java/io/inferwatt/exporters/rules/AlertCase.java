package io.inferwatt.exporters.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * A course of events, and whether an alert fires at its end.
 *
 * @param window label of the alert, where several rules share a name
 * @param step minutes between two samples and two evaluations
 * @param at minutes
 * @param series in the notation of {@code promtool test rules}: name and labels, a space, values
 */
record AlertCase(String alert, String window, boolean fires, int step, int at, List<String> series) {

    /** Ten kWh in 30 days: 1000 J in each minute are 1.2 times the plan. */
    private static final double PLAN = 36e6 / (30 * 24 * 60);

    static final List<AlertCase> ALL = all();

    private static List<AlertCase> all() {
        List<AlertCase> all = new ArrayList<>();
        // two JVMs together at a multiple of the plan; grams and litres the same way
        all.add(fires("InferwattBudgetBurn", "1h", 70, burn("joules", "energy", 20, 70)));
        all.add(fires("InferwattBudgetBurn", "1h", 70, burn("grams", "co2e", 20, 70)));
        all.add(fires("InferwattBudgetBurn", "1h", 70, burn("liters", "water", 20, 70)));
        all.add(silent("InferwattBudgetBurn", "1h", 70, burn("joules", "energy", 14, 70)));
        all.add(silent("InferwattBudgetBurn", "1h", 70, calmAgain()));
        all.add(fires("InferwattBudgetBurn", "6h", 400, burn("joules", "energy", 3, 400)));
        all.add(silent("InferwattBudgetBurn", "6h", 400, burn("joules", "energy", 1.9, 400)));
        all.add(slow(fires("InferwattBudgetBurn", "3d", 5040, burn("joules", "energy", 1.5 * 2, 2520))));
        all.add(slow(silent("InferwattBudgetBurn", "3d", 5040, burn("joules", "energy", 2, 2520))));
        // half of the window is over, half of the budget is gone
        all.add(fires("InferwattBudgetForecast", "", 440, half(1.3)));
        all.add(silent("InferwattBudgetForecast", "", 440, half(0.9)));
        all.add(fires("InferwattBudgetNearlyUsedUp", "", 10, consumed(15e6, 14e6)));
        all.add(silent("InferwattBudgetNearlyUsedUp", "", 10, consumed(15e6, 13e6)));
        all.add(silent("InferwattBudgetNearlyUsedUp", "", 10, consumed(20e6, 16e6)));
        all.add(fires("InferwattBudgetUsedUp", "", 10, consumed(20e6, 16e6)));
        all.add(silent("InferwattBudgetUsedUp", "", 10, consumed(20e6, 15e6)));
        all.add(fires("InferwattBudgetUsedUp", "5m", 20, budget("0+1000x500", "36000000x500", "0x500")));
        all.add(silent("InferwattBudgetUsedUp", "5m", 20, budget("0+1000x500", "35000000x500", "0x500")));
        all.add(fires("InferwattBudgetMeanExceeded", "", 40, mean(1.1)));
        all.add(silent("InferwattBudgetMeanExceeded", "", 40, mean(0.99)));
        requests(all);
        meter(all);
        all.addAll(AlertTraps.ALL);
        return List.copyOf(all);
    }

    private static void requests(List<AlertCase> all) {
        String slo = "InferwattRequestEnergySlo";
        all.add(fires(slo, "1h", 70, above(20, 70)));
        all.add(silent(slo, "1h", 70, above(14, 70)));
        all.add(fires(slo, "6h", 400, above(7, 400)));
        all.add(silent(slo, "6h", 400, above(5, 400)));
        all.add(slow(fires(slo, "3d", 5040, above(2, 2520))));
        all.add(slow(silent(slo, "3d", 5040, above(0, 2520))));
    }

    private static void meter(List<AlertCase> all) {
        all.add(fires("InferwattNoMeter", "", 15, List.of("up{job=\"shop\",instance=\"a\"} 1x20")));
        all.add(silent("InferwattNoMeter", "", 15, List.of(agent("a", "1x20"))));
        all.add(fires(
                "InferwattMeterSilent", "", 220, List.of(agent("a", "1x200 stale"), agent("other", "b", "1x230"))));
        all.add(silent("InferwattMeterSilent", "", 220, List.of(agent("a", "1x200 stale"), agent("b", "1x230"))));
        all.add(fires("InferwattTargetDown", "", 25, List.of(agent("a", "1x5 stale"), up("a", "1x5 0x30"))));
        all.add(silent("InferwattTargetDown", "", 20, List.of(agent("a", "1x40"), up("a", "1x40"), up("z", "0x40"))));
        all.add(fires(
                "InferwattSamplerStale",
                "",
                20,
                List.of(gauge("sampler_last_success_timestamp_seconds", "source=\"rapl-powercap\"", "0+60x5 300x30"))));
        all.add(silent(
                "InferwattSamplerStale",
                "",
                20,
                List.of(gauge("sampler_last_success_timestamp_seconds", "source=\"rapl-powercap\"", "0+60x40"))));
        all.add(fires("InferwattSourceFailing", "", 40, failing("0+50x60", "0+1000x60")));
        all.add(fires("InferwattSourceFailing", "", 40, failing("0+1x60", "77x60")));
        all.add(silent("InferwattSourceFailing", "", 40, failing("0+5x60", "0+1000x60")));
        all.add(fires(
                "InferwattImplausibleReadings",
                "",
                70,
                List.of(counter("sampler_implausible_total", "source=\"nvml-energy\"", "0x20 0+1x60"))));
        all.add(silent(
                "InferwattImplausibleReadings",
                "",
                70,
                List.of(counter("sampler_implausible_total", "source=\"nvml-energy\"", "0x20 1x60"))));
        all.add(fires(
                "InferwattSourceFellBack",
                "",
                40,
                List.of(agent("a", "1x60"), info("measured", "1x10 stale"), info("modelled", "_x10 1x50"))));
        all.add(silent("InferwattSourceFellBack", "", 40, List.of(agent("a", "1x60"), info("measured", "1x60"))));
        all.add(silent("InferwattSourceFellBack", "", 40, List.of(agent("a", "1x60"), info("modelled", "1x60"))));
        all.add(fires(
                "InferwattCoverageLow",
                "",
                20,
                List.of(gauge("attribution_coverage_ratio", "component=\"cpu\"", "0.7x30"))));
        all.add(silent(
                "InferwattCoverageLow",
                "",
                20,
                List.of(gauge("attribution_coverage_ratio", "component=\"cpu\"", "0.85x30"))));
        all.add(silent(
                "InferwattCoverageLow",
                "",
                20,
                List.of(gauge("attribution_coverage_ratio", "component=\"remote\"", "0.1x30"))));
        all.add(fires("InferwattGridIntensityStale", "", 140, List.of(grid("0+60x150"))));
        all.add(silent("InferwattGridIntensityStale", "", 140, List.of(grid("0+60x60 0+60x90"))));
        all.add(fires("InferwattGridIntensityFailing", "", 100, List.of(grid("0+60x120"), gridFailures("0+1x120"))));
        all.add(fires("InferwattGridIntensityFailing", "", 30, List.of(gridFailures("0 1x60"))));
        all.add(silent("InferwattGridIntensityFailing", "", 100, List.of(grid("60x120"), gridFailures("0x50 2x70"))));
        all.add(fires(
                "InferwattExportFailing",
                "",
                40,
                List.of(counter("agent_export_failures_total", "exporter=\"records\"", "0+1x60"))));
        all.add(silent(
                "InferwattExportFailing",
                "",
                40,
                List.of(counter("agent_export_failures_total", "exporter=\"records\"", "0x20 3x40"))));
        all.add(fires("InferwattCallsDropped", "", 40, dropped("0+2x60")));
        all.add(silent("InferwattCallsDropped", "", 40, dropped("0+0.5x60")));
        all.add(fires("InferwattUnestimatedHigh", "", 100, unestimated("0+20x120")));
        all.add(silent("InferwattUnestimatedHigh", "", 100, unestimated("0+5x120")));
        all.add(fires(
                "InferwattInstrumentationErrors",
                "",
                20,
                List.of(counter("agent_instrumentation_errors_total", "", "0x8 1x30"))));
        all.add(silent(
                "InferwattInstrumentationErrors",
                "",
                20,
                List.of(counter("agent_instrumentation_errors_total", "", "1x40"))));
        all.add(fires("InferwattMeterTooDear", "", 20, dear("0.03x30")));
        all.add(silent("InferwattMeterTooDear", "", 20, dear("0.03x10 0.019x20")));
    }

    private static List<String> dear(String share) {
        return List.of(gauge("agent_cpu_share_ratio", "", share), gauge("agent_cpu_max_ratio", "", "0.02x30"));
    }

    private static AlertCase fires(String alert, String window, int at, List<String> series) {
        return new AlertCase(alert, window, true, 1, at, series);
    }

    private static AlertCase silent(String alert, String window, int at, List<String> series) {
        return new AlertCase(alert, window, false, 1, at, series);
    }

    private static AlertCase slow(AlertCase fast) {
        return new AlertCase(fast.alert, fast.window, fast.fires, 2, fast.at, fast.series);
    }

    private static String labels(String more) {
        return "{job=\"shop\",instance=\"a\"" + (more.isEmpty() ? "" : ",") + more + "}";
    }

    private static String gauge(String name, String labels, String values) {
        return "inferwatt_" + name + labels(labels) + " " + values;
    }

    private static String counter(String name, String labels, String values) {
        return gauge(name, labels, values);
    }

    private static String agent(String instance, String values) {
        return agent("shop", instance, values);
    }

    private static String agent(String job, String instance, String values) {
        return "inferwatt_agent_info{job=\"" + job + "\",instance=\"" + instance + "\",version=\"1\"} " + values;
    }

    private static String up(String instance, String values) {
        return "up{job=\"shop\",instance=\"" + instance + "\"} " + values;
    }

    private static String info(String quality, String values) {
        return gauge(
                "measurement_info",
                "component=\"cpu\",quality=\"" + quality + "\",source=\"" + quality
                        + "-1\",method=\"learned\",host=\"h\"",
                values);
    }

    private static String grid(String values) {
        return gauge("grid_intensity_age_seconds", "zone=\"DE\",source=\"uk\"", values);
    }

    private static String gridFailures(String values) {
        return counter("grid_intensity_failures_total", "source=\"uk\"", values);
    }

    private static List<String> failing(String errors, String samples) {
        return List.of(
                counter("sampler_errors_total", "source=\"nvml-energy\",reason=\"io\"", errors),
                counter("sampler_samples_total", "source=\"nvml-energy\"", samples));
    }

    private static List<String> dropped(String values) {
        return List.of(
                counter("dropped_calls_total", "reason=\"ring_full\"", values),
                counter("requests_total", "model=\"minilm\",operation=\"inference\",outcome=\"ok\"", "0+100x60"));
    }

    private static List<String> unestimated(String values) {
        return List.of(
                counter("unestimated_requests_total", "model=\"gpt-4o\",reason=\"no_usage\"", values),
                counter("remote_requests_total", "model=\"gpt-4o\"", "0+100x120"));
    }

    private static List<String> above(int percent, int steps) {
        String model = "model=\"minilm\",operation=\"inference\"";
        return List.of(
                counter("request_energy_joules_bucket", model + ",le=\"50.0\"", "0+" + (100 - percent) + "x" + steps),
                counter("request_energy_joules_bucket", model + ",le=\"5000.0\"", "0+100x" + steps),
                counter("request_energy_joules_count", model, "0+100x" + steps));
    }

    /** Two JVMs of one job, which tell the same limit and charge half each. */
    private static List<String> burn(String unit, String kind, double paceInEachStep, int steps) {
        List<String> series = new ArrayList<>();
        for (String instance : List.of("a", "b")) {
            String labels = "{job=\"shop\",instance=\"" + instance + "\",budget=\"team\"} ";
            series.add("inferwatt_budget_" + kind + "_limit_" + unit + labels + "36000000x" + steps);
            series.add("inferwatt_budget_" + kind + "_consumed_" + unit + labels + "0x" + steps);
            series.add("inferwatt_budget_period_seconds" + labels + "2592000x" + steps);
            series.add("inferwatt_budget_period_start_timestamp_seconds" + labels + "0x" + steps);
            series.add("inferwatt_budget_charged_" + unit + "_total" + labels + "0+" + paceInEachStep * PLAN / 2 + "x"
                    + steps);
        }
        return series;
    }

    private static List<String> budget(String values, String consumed, String start) {
        String labels = "budget=\"team\"";
        return List.of(
                gauge("budget_energy_limit_joules", labels, "36000000x500"),
                gauge("budget_energy_consumed_joules", labels, consumed),
                gauge("budget_period_seconds", labels, "2592000x500"),
                gauge("budget_period_start_timestamp_seconds", labels, start),
                counter("budget_charged_joules_total", labels, values));
    }

    private static List<String> calmAgain() {
        return budget("0+" + 40 * PLAN + "x60 " + 2400 * PLAN + "x20", "0x500", "0x500");
    }

    private static List<String> half(double pace) {
        return budget("0+" + pace * PLAN + "x500", "18000000x500", "-1296000x500");
    }

    private static List<String> consumed(double one, double another) {
        return List.of(
                gauge("budget_energy_limit_joules", "budget=\"team\"", "36000000x20"),
                "inferwatt_budget_energy_limit_joules{job=\"shop\",instance=\"b\",budget=\"team\"} 36000000x20",
                gauge("budget_energy_consumed_joules", "budget=\"team\"", one + "x20"),
                "inferwatt_budget_energy_consumed_joules{job=\"shop\",instance=\"b\",budget=\"team\"} " + another
                        + "x20");
    }

    private static List<String> mean(double ratio) {
        return List.of(
                gauge("budget_consumed_ratio", "budget=\"thrifty\",kind=\"efficiency\"", ratio + "x60"),
                gauge("budget_efficiency_limit_joules", "budget=\"thrifty\"", "40x60"),
                "inferwatt_budget_consumed_ratio{job=\"shop\",instance=\"b\",budget=\"thrifty\",kind=\"efficiency\"} 0.1x60");
    }
}
