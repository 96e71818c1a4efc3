package io.inferwatt.exporters.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.inferwatt.exporters.micrometer.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alert, by Prometheus' own test tool: what makes it fire, and what comes close to it and does not. */
class AlertsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        for (Map.Entry<String, String> file : RuleFiles.rules().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    // A file by itself, so that long courses are not looked at by rules that have nothing to do with them.
    static Stream<Arguments> files() {
        return Stream.of("inferwatt-budgets.yml", "inferwatt-requests.yml", "inferwatt-meter.yml")
                .flatMap(file -> Stream.of(arguments(file, 1), arguments(file, 2)))
                .filter(each ->
                        !cases((String) each.get()[0], (int) each.get()[1]).isEmpty());
    }

    private static List<AlertCase> cases(String file, int step) {
        Set<String> alerts = RuleFiles.parsed().stream()
                .filter(rule -> rule.file().equals(file))
                .map(Rule::name)
                .collect(Collectors.toSet());
        return AlertCase.ALL.stream()
                .filter(each -> each.step() == step && alerts.contains(each.alert()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void alerts_fireAndStaySilentWhenTheyShould(String file, int step) throws Exception {
        StringBuilder tests = begin(file, step);
        for (AlertCase each : cases(file, step)) {
            series(tests, each);
            tests.append("    promql_expr_test:\n")
                    .append("      - expr: 'count by (alertname) (ALERTS{alertstate=\"firing\",alertname=\"")
                    .append(each.alert())
                    .append("\",window=\"")
                    .append(each.window())
                    .append("\"})'\n        eval_time: ")
                    .append(each.at())
                    .append("m\n");
            if (each.fires()) {
                tests.append("        exp_samples:\n          - {labels: '{alertname=\"" + each.alert()
                        + "\"}', value: 1}\n");
            }
        }
        assertThat(test(tests).says()).contains("SUCCESS");
    }

    /** The tool tells what fired where it expected nothing: that is how the texts are seen filled in. */
    @Test
    void texts_areFilledInWithFiguresAndUnits() throws Exception {
        StringBuilder says = new StringBuilder();
        for (String file : List.of("inferwatt-budgets.yml", "inferwatt-requests.yml", "inferwatt-meter.yml")) {
            StringBuilder tests = begin(file, 1);
            for (AlertCase each : cases(file, 1)) {
                if (each.fires()) {
                    series(tests, each);
                    tests.append("    alert_rule_test:\n      - {alertname: ")
                            .append(each.alert())
                            .append(", eval_time: ")
                            .append(each.at())
                            .append("m, exp_alerts: []}\n");
                }
            }
            Promtool.Answer answer = test(tests);
            assertThat(answer.exitCode()).isNotZero();
            says.append(answer.says());
        }
        assertThat(says.toString())
                .doesNotContain("<no value>", "error expanding", "%!", "<error")
                .contains("Budget team of shop is burning 20.0 times too fast")
                .contains("limit of 36M J is reached", "limit of 36M g CO2e is reached", "limit of 36M L is reached")
                .contains("Budget team of shop: 80.56% consumed")
                .contains("draws 110% of the 40 J")
                .contains("20% of the requests of shop draw more than 50 J")
                .contains("The last good reading was 15m 0s old")
                .contains("Only 70% of the cpu energy on a is explained");
    }

    @Test
    void everyAlert_hasACaseThatFiresAndOneThatDoesNot() {
        Map<String, List<Boolean>> cases = AlertCase.ALL.stream()
                .collect(Collectors.groupingBy(
                        each -> each.alert() + " " + each.window(),
                        Collectors.mapping(AlertCase::fires, Collectors.toList())));
        assertThat(cases.keySet())
                .containsExactlyInAnyOrderElementsOf(RuleFiles.parsed().stream()
                        .filter(Rule::alert)
                        .map(rule -> rule.name() + " " + rule.text("window"))
                        .toList());
        assertThat(cases)
                .allSatisfy((alert, outcomes) -> assertThat(outcomes).as(alert).contains(true, false));
    }

    private static StringBuilder begin(String file, int step) {
        return new StringBuilder("rule_files: [" + file + "]\nevaluation_interval: " + step + "m\ntests:\n");
    }

    private static void series(StringBuilder tests, AlertCase each) {
        tests.append("  - interval: ").append(each.step()).append("m\n    input_series:\n");
        for (String series : each.series()) {
            int end = series.indexOf("} ") + 1;
            tests.append("      - {series: '")
                    .append(series, 0, end)
                    .append("', values: '")
                    .append(series.substring(end + 1))
                    .append("'}\n");
        }
    }

    private Promtool.Answer test(CharSequence tests) throws Exception {
        Path file = Files.writeString(folder.resolve("tests.yml"), tests);
        return Promtool.ask("", "test", "rules", file.toString());
    }
}
