package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries of {@code docs/metrics.md}: indented blocks of its section; a line indented further goes on. */
class PromqlExamplesTest {

    private static final Pattern NAME = Pattern.compile("\\binferwatt_\\w+");
    private static final Pattern SERIES_SUFFIX = Pattern.compile("_(bucket|sum|count|max)$");

    @TempDir
    private Path folder;

    private static List<String> queries() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "metrics.md"));
        String section = page.substring(page.indexOf("## Questions in PromQL"), page.indexOf("## The endpoint"));
        List<String> queries = new ArrayList<>();
        for (String line :
                section.lines().filter(line -> line.startsWith("    ")).toList()) {
            if (line.startsWith("     ")) {
                queries.set(queries.size() - 1, queries.get(queries.size() - 1) + " " + line.strip());
            } else {
                queries.add(line.strip());
            }
        }
        return queries;
    }

    private static String query(String beginning, String containing) throws IOException {
        List<String> fitting = queries().stream()
                .filter(query -> query.startsWith(beginning) && query.contains(containing))
                .toList();
        assertThat(fitting).as(beginning + " ... " + containing).hasSize(1);
        return fitting.get(0);
    }

    @Test
    void queries_useFamiliesThatExist() throws IOException {
        Set<String> names =
                Catalogue.ALL.stream().map(CatalogueTest::prometheusName).collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        for (String query : queries()) {
            Matcher matcher = NAME.matcher(query);
            while (matcher.find()) {
                String name = matcher.group();
                if (!names.contains(name)
                        && !names.contains(SERIES_SUFFIX.matcher(name).replaceFirst(""))) {
                    unknown.add(name);
                }
            }
        }
        assertThat(queries()).hasSizeGreaterThan(15);
        assertThat(unknown).isEmpty();
    }

    @Test
    void promtool_understandsEveryQuery() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n- name: examples\n  rules:\n");
        List<String> queries = queries();
        for (int i = 0; i < queries.size(); i++) {
            rules.append("  - record: example:")
                    .append(i)
                    .append("\n    expr: >-\n      ")
                    .append(queries.get(i));
            rules.append('\n');
        }
        Path file = Files.writeString(folder.resolve("rules.yml"), rules);
        assertThat(Promtool.run("", "check", "rules", file.toString())).contains(queries.size() + " rules found");
    }

    @Test
    void bandsAndGroupSums_giveTheRightNumbers() throws Exception {
        String tests = """
                evaluation_interval: 30s
                tests:
                - interval: 30s
                  input_series:
                  - series: inferwatt_energy_joules_total{model="large",component="cpu"}
                    values: 0+90x20
                  - series: inferwatt_energy_joules_total{model="large",component="dram"}
                    values: 0+30x20
                  - series: inferwatt_energy_joules_total{model="small",component="cpu"}
                    values: 0+30x20
                  - series: inferwatt_energy_joules_total{model="alone",component="cpu"}
                    values: 0+30x20
                  - series: inferwatt_requests_total{model="large"}
                    values: 0+10x20
                  - series: inferwatt_requests_total{model="small"}
                    values: 0+30x20
                  - series: inferwatt_measurement_uncertainty_ratio{component="cpu"}
                    values: 0.03x20
                  - series: inferwatt_measurement_uncertainty_ratio{component="dram"}
                    values: 0.07x20
                  - series: inferwatt_model_uncertainty_ratio{model="large"}
                    values: 0.03x20
                  - series: inferwatt_model_uncertainty_ratio{model="small"}
                    values: 0.04x20
                  - series: inferwatt_model_group_uncertainty_ratio{model="large",group="large"}
                    values: 0.01x20
                  - series: inferwatt_model_group_uncertainty_ratio{model="small",group="large"}
                    values: 0.01x20
                  promql_expr_test:
                """
                + expects(query("1.96 * sqrt(", ""), "{model=\"large\"} 0.098", "{model=\"small\"} 0.098")
                + expects(
                        query("1.96 * sum by (model)", ""),
                        "{model=\"large\"} 0.0784",
                        "{model=\"small\"} 0.0588",
                        "{model=\"alone\"} 0.0588")
                + expects(query("sum by (model)", "(1 + 1.96"), "{model=\"large\"} 13.176", "{model=\"small\"} 1.098")
                + expects(query("sum(rate(", "model=\"large\""), "{} 12")
                + expects(query("1.96 * sum(max", ""), "{} 0.1372")
                + expects(
                        queries().stream()
                                .filter(query -> query.startsWith("sum by (group)") && !query.contains("requests"))
                                .findFirst()
                                .orElseThrow(),
                        "{group=\"large\"} 5")
                + expects(query("sum by (group)", "requests"), "{group=\"large\"} 3.75");
        Path file = Files.writeString(folder.resolve("tests.yml"), tests);
        assertThat(Promtool.run("", "test", "rules", file.toString())).contains("SUCCESS");
    }

    @Test
    void remoteExamples_giveTheRightNumbers() throws Exception {
        String tests = """
                evaluation_interval: 30s
                tests:
                - interval: 30s
                  input_series:
                  - series: inferwatt_energy_joules_total{model="gpt-4o",component="cpu"}
                    values: 0+30x20
                  - series: inferwatt_idle_share_joules_total{model="gpt-4o",component="cpu"}
                    values: 0+15x20
                  - series: inferwatt_energy_joules_total{model="gpt-4o",component="remote"}
                    values: 0+270x20
                  - series: inferwatt_idle_share_joules_total{model="gpt-4o",component="remote"}
                    values: 0+30x20
                  - series: inferwatt_remote_bound_joules_total{model="gpt-4o",bound="low"}
                    values: 0+60x20
                  - series: inferwatt_remote_bound_joules_total{model="gpt-4o",bound="high"}
                    values: 0+1500x20
                  - series: inferwatt_energy_joules_total{model="minilm",component="cpu"}
                    values: 0+30x20
                  - series: inferwatt_requests_total{model="gpt-4o"}
                    values: 0+30x20
                  - series: inferwatt_requests_total{model="minilm"}
                    values: 0+30x20
                  - series: inferwatt_remote_requests_total{model="gpt-4o"}
                    values: 0+30x20
                  - series: inferwatt_unestimated_requests_total{model="gpt-4o",reason="no_usage"}
                    values: 0+6x20
                  - series: inferwatt_unestimated_requests_total{model="gpt-4o",reason="failed"}
                    values: 0x20
                  - series: inferwatt_tokens_total{model="gpt-4o",type="input"}
                    values: 0+600x20
                  - series: inferwatt_tokens_total{model="gpt-4o",type="output"}
                    values: 0+300x20
                  - series: inferwatt_tokens_cached_total{model="gpt-4o"}
                    values: 0+150x20
                  - series: inferwatt_tokens_reasoning_total{model="gpt-4o"}
                    values: 0+60x20
                  promql_expr_test:
                """
                + expects(
                        query("(sum by (model, bound)", ""),
                        "{model=\"gpt-4o\",bound=\"low\"} 3.5",
                        "{model=\"gpt-4o\",bound=\"high\"} 51.5")
                + expects(
                        query("sum by (model, reason)", ""),
                        "{model=\"gpt-4o\",reason=\"no_usage\"} 0.2",
                        "{model=\"gpt-4o\",reason=\"failed\"} 0")
                + expects(query("(sum by (model)", "unestimated"), "{model=\"gpt-4o\"} 12.5")
                + expects(query("sum by (model)", "cached"), "{model=\"gpt-4o\"} 0.25")
                + expects(query("sum by (model)", "reasoning"), "{model=\"gpt-4o\"} 0.2");
        Path file = Files.writeString(folder.resolve("tests.yml"), tests);
        assertThat(Promtool.run("", "test", "rules", file.toString())).contains("SUCCESS");
    }

    // The tool compares exactly, so figures are rounded.
    private static String expects(String query, String... samples) {
        StringBuilder test = new StringBuilder("  - expr: 'round(")
                .append(query)
                .append(", 1e-4)'\n    eval_time: 10m\n    exp_samples:\n");
        for (String sample : samples) {
            int value = sample.lastIndexOf(' ');
            test.append("    - labels: '").append(sample, 0, value).append("'\n      value: ");
            test.append(sample.substring(value + 1)).append('\n');
        }
        return test.toString();
    }
}
