package io.inferwatt.exporters.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.exporters.micrometer.PromisedNames;
import io.inferwatt.exporters.micrometer.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {

    @TempDir
    Path folder;

    @Test
    void rulesAndManifest_areValidAndTheSame() throws Exception {
        Map<String, String> files = RuleFiles.all(RuleFiles.rules());
        int rules = 0;
        for (Map.Entry<String, String> file : RuleFiles.rules().entrySet()) {
            rules += check(file.getKey(), file.getValue());
        }
        String manifest = files.get(RuleFiles.MANIFEST);
        assertThat(manifest).contains("\napiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\n");
        String spec = manifest.substring(manifest.indexOf("spec:\n") + "spec:\n".length())
                .replace("\n  ", "\n")
                .strip();
        assertThat(check("manifest.yml", spec + "\n")).isEqualTo(rules);
        assertThat(RuleFiles.parsed()).hasSize(rules);
    }

    @Test
    void rules_askForPromisedOrRecordedNamesOnly() {
        List<Rule> rules = RuleFiles.parsed();
        Set<String> recorded =
                rules.stream().filter(rule -> !rule.alert()).map(Rule::name).collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        for (Rule rule : rules) {
            assertThat(PromisedNames.names(rule.expression())).as(rule.name()).isNotEmpty();
            unknown.addAll(PromisedNames.unknown(rule.expression(), recorded));
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void records_areNamedByLevelMetricAndOperation() {
        assertThat(RuleFiles.parsed())
                .filteredOn(rule -> !rule.alert())
                .allSatisfy(rule -> assertThat(rule.name()).matches("[a-z_]+:inferwatt_[a-z0-9_]+:[a-z0-9_]+"));
    }

    @Test
    void alerts_saySeveritySummaryFiguresWithUnitAndWhatToDo() {
        assertThat(RuleFiles.parsed())
                .filteredOn(Rule::alert)
                .hasSizeGreaterThan(15)
                .allSatisfy(rule -> {
                    assertThat(rule.name()).startsWith("Inferwatt");
                    assertThat(rule.text("severity")).isIn("page", "ticket");
                    assertThat(rule.text("summary")).isNotBlank();
                    if (!rule.expression().startsWith("absent(")) {
                        assertThat(rule.text("description")).contains("$value");
                    }
                    assertThat(rule.text("runbook")).contains("What it means: ", " Look at: ", " Do: ");
                });
    }

    /** Runbook and page hold together. */
    @Test
    void page_hasASectionForEachAlertAndNoOther() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "alerts.md"));
        List<String> sections = page.lines()
                .filter(line -> line.startsWith("### Inferwatt"))
                .map(line -> line.substring(4))
                .toList();
        assertThat(sections)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(RuleFiles.parsed().stream()
                        .filter(Rule::alert)
                        .map(Rule::name)
                        .collect(Collectors.toSet()));
        for (Rule rule : RuleFiles.parsed()) {
            if (rule.alert()) {
                String section = page.substring(page.indexOf("### " + rule.name() + "\n"));
                assertThat(section.substring(
                                0, section.indexOf("\n### ", 5) < 0 ? section.length() : section.indexOf("\n### ", 5)))
                        .contains("`" + rule.text("severity") + "`");
            }
        }
    }

    @Test
    void requestBound_isOneOfTheHistogramAndReplacesTheOther() throws Exception {
        assertThat(RuleFiles.REQUEST_BOUNDS.stream().map(Double::valueOf).toList())
                .isEqualTo(PromisedNames.requestBounds());
        for (String bound : RuleFiles.REQUEST_BOUNDS) {
            String text = RuleFiles.rules(bound).get("inferwatt-requests.yml");
            check("inferwatt-requests.yml", text);
            assertThat(text).contains("draw more than " + bound + " J\"", "le=~\"" + bound.replace(".", "[.]"));
            assertThat(RuleReader.read("inferwatt-requests.yml", text))
                    .filteredOn(Rule::alert)
                    .extracting(rule -> rule.text("window") + " " + rule.text("severity"))
                    .containsExactly("1h page", "6h page", "3d ticket");
            if (!bound.equals(RuleFiles.REQUEST_JOULES)) {
                assertThat(text).doesNotContain("50|50", " 50 J");
            }
        }
        assertThat(RuleFiles.rules().get("inferwatt-requests.yml")).doesNotContain("severity: page");
        assertThatThrownBy(() -> RuleFiles.rules("42")).hasMessageContaining("42 J");
    }

    @Test
    void alertmanagerExample_isValidAndSendsPagesAndTicketsApart() throws Exception {
        Path config = Files.writeString(
                folder.resolve("alertmanager.yml"),
                RuleFiles.all(RuleFiles.rules()).get(RuleFiles.ALERTMANAGER));
        assertThat(Promtool.amtool("check-config", config.toString())).contains("SUCCESS");
        for (Rule rule : RuleFiles.parsed()) {
            if (rule.alert()) {
                String severity = rule.text("severity");
                assertThat(Promtool.amtool(
                                        "config",
                                        "routes",
                                        "test",
                                        "--config.file=" + config,
                                        "severity=" + severity,
                                        "alertname=" + rule.name())
                                .strip())
                        .endsWith("inferwatt-" + severity + "s");
            }
        }
    }

    /** A host with two JVMs is counted once, GPUs by device, and a node stands for the names of its containers. */
    @Test
    void fleet_countsEachHostOnce() throws Exception {
        for (Map.Entry<String, String> file : RuleFiles.rules().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Path test = Files.writeString(
                folder.resolve("fleet.yml"),
                """
                rule_files: [inferwatt-fleet.yml]
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                """
                        + machine("a", "", "h1", "6000", "gpu-1")
                        + machine("b", "", "h1", "6060", "gpu-2")
                        + machine("c", ",node=\"n1\"", "pod-1", "600", "gpu-3")
                        + machine("d", ",node=\"n1\"", "pod-2", "600", "gpu-3")
                        + """
                    promql_expr_test:
                      - expr: round(host_component:inferwatt_source_energy_joules:rate5m, 0.01)
                        eval_time: 10m
                        exp_samples:
                          - {labels: '{host="h1",component="cpu"}', value: 101}
                          - {labels: '{host="n1",component="cpu"}', value: 10}
                          - {labels: '{host="h1",component="gpu"}', value: 4}
                          - {labels: '{host="n1",component="gpu"}', value: 2}
                """);
        assertThat(Promtool.run("", "test", "rules", test.toString())).contains("SUCCESS");
    }

    /** Two JVMs with a GPU each, both idle; clusters seen as one that have the same target; and a target that names two hosts. */
    @Test
    void fleet_countsEachIdleGpuAndBearsTargetsThatAreNotUnique() throws Exception {
        Path rules = folder.resolve("inferwatt-fleet.yml");
        Files.writeString(rules, RuleFiles.rules().get("inferwatt-fleet.yml"));
        Path test = Files.writeString(
                folder.resolve("fleet.yml"),
                """
                rule_files: [inferwatt-fleet.yml]
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                """
                        + idleGpu("a", "gpu-1")
                        + idleGpu("b", "gpu-2")
                        + energy("source", "x\",cluster=\"1", "component=\"cpu\",quality=\"measured\"", 600)
                        + energy("source", "x\",cluster=\"2", "component=\"cpu\",quality=\"measured\"", 1200)
                        + energy("source", "y", "component=\"cpu\",quality=\"measured\"", 1800)
                        + info("x\",cluster=\"1", "cpu", "c1")
                        + info("x\",cluster=\"2", "cpu", "c2")
                        + info("y", "cpu", "d1")
                        + info("y", "cpu", "d2")
                        + """
                    promql_expr_test:
                      - expr: round(host_component:inferwatt_source_energy_joules:rate5m{host!~"d."}, 0.01)
                        eval_time: 10m
                        exp_samples:
                          - {labels: '{host="c1",component="cpu"}', value: 10}
                          - {labels: '{host="c2",component="cpu"}', value: 20}
                          - {labels: '{host="h",component="gpu"}', value: 200}
                      - expr: round(sum(host_component:inferwatt_source_energy_joules:rate5m{host=~"d."}), 0.01)
                        eval_time: 10m
                        exp_samples:
                          - {labels: '{}', value: 30}
                      - expr: round(host_component:inferwatt_idle_energy_joules:rate5m, 0.01)
                        eval_time: 10m
                        exp_samples:
                          - {labels: '{host="h",component="gpu"}', value: 200}
                """);
        assertThat(Promtool.run("", "test", "rules", test.toString())).contains("SUCCESS");
    }

    private static String idleGpu(String instance, String device) {
        return energy("source", instance, "component=\"gpu\",quality=\"measured\"", 6000)
                + energy("unattributed", instance, "component=\"gpu\",reason=\"idle\"", 6000)
                + energy("device", instance, "device=\"" + device + "\"", 6000)
                + info(instance, "gpu", "h");
    }

    private static String energy(String of, String instance, String labels, int joules) {
        return "      - {series: 'inferwatt_" + of + "_energy_joules_total{job=\"shop\",instance=\"" + instance + "\","
                + labels + "}', values: '0+" + joules + "x20'}\n";
    }

    private static String info(String instance, String component, String host) {
        return "      - {series: 'inferwatt_measurement_info{job=\"shop\",instance=\"" + instance + "\",component=\""
                + component + "\",quality=\"measured\",source=\"s\",method=\"learned\",host=\"" + host
                + "\"}', values: '1x20'}\n";
    }

    private static String machine(String instance, String node, String host, String joules, String device) {
        String labels = "{job=\"shop\",instance=\"" + instance + "\"" + node;
        return "      - {series: 'inferwatt_source_energy_joules_total" + labels
                + ",component=\"cpu\",quality=\"measured\"}', values: '0+" + joules + "x20'}\n"
                + "      - {series: 'inferwatt_measurement_info" + labels
                + ",component=\"cpu\",quality=\"measured\",source=\"rapl\",method=\"learned\",host=\"" + host
                + "\"}', values: '1x20'}\n"
                + "      - {series: 'inferwatt_source_energy_joules_total" + labels
                + ",component=\"gpu\",quality=\"measured\"}', values: '0+120x20'}\n"
                + "      - {series: 'inferwatt_measurement_info" + labels
                + ",component=\"gpu\",quality=\"measured\",source=\"nvml\",method=\"learned\",host=\"" + host
                + "\"}', values: '1x20'}\n"
                + "      - {series: 'inferwatt_device_energy_joules_total" + labels + ",device=\"" + device
                + "\"}', values: '0+120x20'}\n";
    }

    private int check(String name, String text) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        String says = Promtool.run("", "check", "rules", file.toString());
        return Integer.parseInt(says.replaceAll("(?s).*SUCCESS: (\\d+) rules found.*", "$1"));
    }
}
