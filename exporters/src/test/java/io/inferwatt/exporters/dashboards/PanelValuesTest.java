package io.inferwatt.exporters.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.exporters.micrometer.Promtool;
import io.inferwatt.exporters.rules.RuleFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures that panels show of known series, by Prometheus' own test tool, where sums over JVMs once went wrong. */
class PanelValuesTest {

    /**
     * Two JVMs on one host that read 100 W of processor both, and a GPU of 100 W each that idles; nobody calls a model. One JVM is in its
     * first minute. A job of three runs lies on a Pushgateway. Ten models at steady rates, and one that begins late and large.
     */
    private static final String SERIES = """
            rule_files: [unknown.yml, inferwatt-fleet.yml]
            evaluation_interval: 30s
            tests:
            - interval: 30s
              input_series:
            """
            + jvm("a", "begun", "0")
            + jvm("b", "inferwatt_budget", "0.5")
            + run("1", 0.2, 100)
            + run("2", 0.4, 200)
            + run("3", 0.6, 300)
            + models();

    /** A series of the tool's cannot hold NaN, a rule can make it. */
    private static final String UNKNOWN = """
            groups:
            - name: unknown
              rules:
              - {record: inferwatt_budget_burn_ratio, expr: begun_burn_ratio / 0}
              - {record: inferwatt_budget_forecast_ratio, expr: begun_forecast_ratio / 0}
            """;

    @TempDir
    Path folder;

    private static String series(String name, String labels, String values) {
        return "  - {series: '" + name + "{" + labels + "}', values: '" + values + "'}\n";
    }

    /** @param prefix of two figures of its budget */
    private static String jvm(String instance, String prefix, String figure) {
        String target = "job=\"j\",instance=\"" + instance + "\"";
        StringBuilder all = new StringBuilder();
        for (String component : List.of("cpu", "gpu")) {
            String of = target + ",component=\"" + component + "\"";
            all.append(series("inferwatt_source_energy_joules_total", of + ",quality=\"measured\"", "0+3000x20"));
            all.append(series(
                    "inferwatt_measurement_info",
                    of + ",host=\"h\",source=\"s\",quality=\"measured\",method=\"learned\"",
                    "1x20"));
            all.append(series(
                    "inferwatt_unattributed_energy_joules_total",
                    of + ",reason=\"idle\"",
                    component.equals("cpu") ? "0+1200x20" : "0+3000x20"));
        }
        return all
                + series(
                        "inferwatt_unattributed_energy_joules_total",
                        target + ",component=\"cpu\",reason=\"runtime\"",
                        "0+150x20")
                + series(
                        "inferwatt_device_energy_joules_total", target + ",device=\"of-" + instance + "\"", "0+3000x20")
                + series(
                        prefix + "_burn_ratio",
                        target + ",budget=\"team\",kind=\"energy\",window=\"1h\"",
                        figure + "x20")
                + series(prefix + "_forecast_ratio", target + ",budget=\"team\",kind=\"energy\"", figure + "x20")
                + series("inferwatt_sampler_last_success_timestamp_seconds", target + ",source=\"s\"", "0+30x20");
    }

    private static String run(String instance, double consumed, int pushed) {
        String target = "job=\"nightly\",instance=\"" + instance + "\"";
        return series("inferwatt_budget_consumed_ratio", target + ",budget=\"team\",kind=\"energy\"", consumed + "x20")
                + series("inferwatt_sampler_last_success_timestamp_seconds", target + ",source=\"s\"", "1x20")
                + series("push_time_seconds", target, pushed + "x20");
    }

    private static String models() {
        StringBuilder all = new StringBuilder();
        for (int model = 1; model <= 10; model++) {
            all.append(series(
                    "inferwatt_tokens_total",
                    "job=\"j\",instance=\"a\",type=\"output\",model=\"m" + model + "\"",
                    "0+300x20"));
        }
        return all
                + series(
                        "inferwatt_tokens_total",
                        "job=\"j\",instance=\"a\",type=\"output\",model=\"late\"",
                        "0x15 600 1200 1800 2400 3000");
    }

    private static String panel(String dashboard, String title, int question) {
        return Dashboards.expressions().stream()
                .filter(each ->
                        each.dashboard().equals(dashboard) && each.panel().equals(title))
                .toList()
                .get(question)
                .expression();
    }

    private static String expects(String expression, String... samples) {
        StringBuilder test = new StringBuilder("  - expr: 'round(")
                .append(expression)
                .append(", 1e-4)'\n    eval_time: 10m\n    exp_samples:\n");
        for (String sample : samples) {
            int value = sample.lastIndexOf(' ');
            test.append("    - {labels: '").append(sample, 0, value).append("', value: ");
            test.append(sample.substring(value + 1)).append("}\n");
        }
        return test.toString();
    }

    @Test
    void panels_showTheRightFigures() throws Exception {
        Files.writeString(folder.resolve("unknown.yml"), UNKNOWN);
        Files.writeString(
                folder.resolve("inferwatt-fleet.yml"), RuleFiles.rules().get("inferwatt-fleet.yml"));
        String joules = "Where the machines' joules go";
        String hosts = "What hosts draw, and what of it models explain";
        String tokens = panel("inferwatt-models", "Tokens a second", 0);
        String tests = SERIES
                + "  promql_expr_test:\n"
                + expects(panel("inferwatt-overview", "Machines", 0), "{} 300")
                + expects(panel("inferwatt-overview", joules, 1), "{} 240")
                + expects(panel("inferwatt-overview", joules, 3), "{} 50")
                + expects(panel("inferwatt-fleet", hosts, 1), "{} 240")
                + expects(panel("inferwatt-fleet", hosts, 2), "{} 60")
                + expects(panel("inferwatt-budgets", "Pace", 0), "{job=\"j\",budget=\"team\",kind=\"energy\"} 0.5")
                + expects(
                        panel("inferwatt-budgets", "Forecast for the end of the window", 0),
                        "{job=\"j\",budget=\"team\",kind=\"energy\"} 0.5")
                + expects(
                        panel("inferwatt-budgets", "Consumed over time", 0),
                        "{job=\"nightly\",budget=\"team\",kind=\"energy\"} 0.6")
                + expects(panel("inferwatt-fleet", "Oldest reading", 0), "{} 0")
                + expects(panel("inferwatt-meter", "Oldest reading", 0), "{} 0")
                + expects("count(" + tokens + ")", "{} 10")
                + expects("max(" + tokens + ")", "{} 10");
        Path file = Files.writeString(folder.resolve("tests.yml"), tests);
        assertThat(Promtool.run("", "test", "rules", file.toString())).contains("SUCCESS");
    }
}
