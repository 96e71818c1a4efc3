package io.inferwatt.exporters.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.exporters.micrometer.Promtool;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the expressions that panels share make of known counters, by Prometheus' own test tool. */
class PromqlTest {

    /**
     * A model computed here (3 W dynamic and 1 W idle, a request in 3 s; 3 % by the source and 3 % by the division), and one that a JVM
     * without a meter asks elsewhere (10 W, 2 to 50 W; a request a second, a fifth of them without an estimate).
     */
    private static final String SERIES = """
            evaluation_interval: 30s
            tests:
            - interval: 30s
              input_series:
              - {series: 'inferwatt_energy_joules_total{job="j",instance="a",model="here",component="cpu"}', values: '0+90x20'}
              - {series: 'inferwatt_idle_share_joules_total{job="j",instance="a",model="here",component="cpu"}', values: '0+30x20'}
              - {series: 'inferwatt_requests_total{job="j",instance="a",model="here"}', values: '0+10x20'}
              - {series: 'inferwatt_requests_total{job="j",instance="a",model="unused"}', values: '0x20'}
              - {series: 'inferwatt_measurement_uncertainty_ratio{job="j",instance="a",component="cpu"}', values: '0.03x20'}
              - {series: 'inferwatt_model_uncertainty_ratio{job="j",instance="a",model="here"}', values: '0.03x20'}
              - {series: 'inferwatt_energy_joules_total{job="j",instance="b",model="far",component="remote"}', values: '0+270x20'}
              - {series: 'inferwatt_idle_share_joules_total{job="j",instance="b",model="far",component="remote"}', values: '0+30x20'}
              - {series: 'inferwatt_remote_bound_joules_total{job="j",instance="b",model="far",bound="low"}', values: '0+60x20'}
              - {series: 'inferwatt_remote_bound_joules_total{job="j",instance="b",model="far",bound="high"}', values: '0+1500x20'}
              - {series: 'inferwatt_requests_total{job="j",instance="b",model="far"}', values: '0+30x20'}
              - {series: 'inferwatt_unestimated_requests_total{job="j",instance="b",model="far",reason="no_usage"}', values: '0+6x20'}
            """;

    private static final String MACHINES = """
              - {series: 'inferwatt_source_energy_joules_total{job="j",instance="a",component="cpu"}', values: '0+3000x20'}
              - {series: 'inferwatt_measurement_info{job="j",instance="a",component="cpu",host="h"}', values: '1x20'}
              - {series: 'inferwatt_source_energy_joules_total{job="j",instance="c",component="cpu"}', values: '0+3030x20'}
              - {series: 'inferwatt_measurement_info{job="j",instance="c",component="cpu",host="h"}', values: '1x20'}
              - {series: 'inferwatt_source_energy_joules_total{job="j",instance="d",component="cpu"}', values: '0+300x20'}
              - {series: 'inferwatt_measurement_info{job="j",instance="d",component="cpu",host="g"}', values: '1x20'}
              - {series: 'inferwatt_measurement_info{job="j",instance="d",component="gpu",host="g"}', values: '1x20'}
              - {series: 'inferwatt_device_energy_joules_total{job="j",instance="d",device="1"}', values: '0+60x20'}
              - {series: 'inferwatt_device_energy_joules_total{job="j",instance="d",device="2"}', values: '0+30x20'}
            """;

    @TempDir
    Path folder;

    @Test
    void sharedExpressions_giveTheRightNumbers() throws Exception {
        String tests = SERIES
                + MACHINES
                + "  promql_expr_test:\n"
                + expects(Promql.joulesPerRequest("model"), "{model=\"here\"} 12", "{model=\"far\"} 12.5")
                + expects(
                        Promql.wattsEnd(true) + " / " + Promql.knownRequests("model"),
                        "{model=\"here\"} 11.0021",
                        "{model=\"far\"} 2.5")
                + expects(
                        Promql.wattsEnd(false) + " / " + Promql.knownRequests("model"),
                        "{model=\"here\"} 12.9979",
                        "{model=\"far\"} 62.5")
                + expects(Promql.machineWatts("component"), "{component=\"cpu\"} 111", "{component=\"gpu\"} 3")
                + expects(Promql.machineWatts(""), "{} 114");
        Path file = Files.writeString(folder.resolve("tests.yml"), tests);
        assertThat(Promtool.run("", "test", "rules", file.toString())).contains("SUCCESS");
    }

    // The tool compares exactly, so figures are rounded.
    private static String expects(String expression, String... samples) {
        StringBuilder test = new StringBuilder("  - expr: 'round(")
                .append(Dashboards.filled(expression))
                .append(", 1e-4)'\n    eval_time: 10m\n    exp_samples:\n");
        for (String sample : samples) {
            int value = sample.lastIndexOf(' ');
            test.append("    - {labels: '").append(sample, 0, value).append("', value: ");
            test.append(sample.substring(value + 1)).append("}\n");
        }
        return test.toString();
    }
}
