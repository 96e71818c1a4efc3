package io.inferwatt.exporters.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.inferwatt.exporters.micrometer.PromisedNames;
import io.inferwatt.exporters.micrometer.Promtool;
import io.inferwatt.exporters.rules.Rule;
import io.inferwatt.exporters.rules.RuleFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Grafana's own linter of dashboards asks for, and what we ask for beyond. */
class DashboardsTest {

    private static final Pattern OWN_SERIES =
            Pattern.compile("(?<![\\w:\"(]label_values\\()(?<![\\w:])inferwatt_\\w+(\\{[^}]*})?");
    private static final Pattern COUNTER = Pattern.compile("(\\w*\\()?(inferwatt_\\w+_(?:total|bucket|sum|count))\\b");
    private static final Set<String> UNITS =
            Set.of("watt", "joule", "massg", "litre", "percentunit", "s", "reqps", "ops", "Bps", "none", "short");

    @TempDir
    Path folder;

    private static void eachPanel(Consumer<JsonObject> check) {
        for (JsonObject dashboard : parsed()) {
            for (JsonElement panel : dashboard.getAsJsonArray("panels")) {
                check.accept(panel.getAsJsonObject());
            }
        }
    }

    private static List<JsonObject> parsed() {
        return Dashboards.json().values().stream()
                .map(json -> JsonParser.parseString(json).getAsJsonObject())
                .toList();
    }

    private static String text(JsonObject object, String member) {
        return object.get(member).getAsString();
    }

    @Test
    void dashboards_haveFixedNamesCannotBeEditedAndLinkToEachOther() {
        Set<String> uids = new HashSet<>();
        Dashboards.json().forEach((name, json) -> {
            JsonObject dashboard = JsonParser.parseString(json).getAsJsonObject();
            String uid = text(dashboard, "uid");
            assertThat(uid).matches("[a-z-]{1,40}");
            assertThat(name).isEqualTo(uid + ".json");
            uids.add(uid);
            assertThat(dashboard.get("id").isJsonNull()).isTrue();
            assertThat(dashboard.get("editable").getAsBoolean()).isFalse();
            assertThat(dashboard.get("schemaVersion").getAsInt()).isGreaterThanOrEqualTo(39);
            assertThat(text(dashboard, "title")).startsWith("Inferwatt / ");
            assertThat(text(dashboard, "description")).isNotBlank();
            assertThat(dashboard.getAsJsonArray("tags").toString()).isEqualTo("[\"inferwatt\"]");
            JsonObject link = dashboard.getAsJsonArray("links").get(0).getAsJsonObject();
            assertThat(text(link, "type")).isEqualTo("dashboards");
            assertThat(link.get("includeVars").getAsBoolean()).isTrue();
            assertThat(json).doesNotContain("__inputs");
        });
        assertThat(uids)
                .containsExactlyInAnyOrder(
                        "inferwatt-overview",
                        "inferwatt-models",
                        "inferwatt-budgets",
                        "inferwatt-fleet",
                        "inferwatt-meter");
    }

    @Test
    void variables_areADataSourceAndLabelsWithSeveralValuesOrAll() {
        for (JsonObject dashboard : parsed()) {
            List<String> names = new ArrayList<>();
            for (JsonElement each : dashboard.getAsJsonObject("templating").getAsJsonArray("list")) {
                JsonObject variable = each.getAsJsonObject();
                names.add(text(variable, "name"));
                assertThat(text(variable, "label")).isNotBlank();
                if (!text(variable, "type").equals("datasource")) {
                    assertThat(text(variable, "allValue")).isEqualTo(".+");
                    assertThat(variable.get("multi").getAsBoolean()).isTrue();
                    assertThat(variable.get("includeAll").getAsBoolean()).isTrue();
                    assertThat(text(variable.getAsJsonObject("datasource"), "uid"))
                            .isEqualTo("${datasource}");
                }
            }
            assertThat(names).startsWith("datasource", "job");
            // Recorded series of a fleet are of no single JVM.
            assertThat(names.contains("instance"))
                    .isEqualTo(!text(dashboard, "uid").equals("inferwatt-fleet"));
        }
    }

    @Test
    void panels_haveTitleUnitDataSourceAndADescriptionThatSaysSomething() {
        for (JsonObject dashboard : parsed()) {
            assertThat(dashboard.getAsJsonArray("panels").size()).isBetween(9, 24);
        }
        eachPanel(panel -> {
            String title = text(panel, "title");
            assertThat(title).isNotBlank();
            assertThat(text(panel, "description"))
                    .as(title)
                    .hasSizeGreaterThan(25)
                    .endsWith(".")
                    .doesNotContain("  ");
            assertThat(text(panel.getAsJsonObject("datasource"), "uid")).isEqualTo("${datasource}");
            JsonObject defaults = panel.getAsJsonObject("fieldConfig").getAsJsonObject("defaults");
            assertThat(text(defaults, "unit")).as(title).isIn(UNITS);
            assertThat(text(defaults, "noValue")).as(title).isNotBlank();
            Set<String> refIds = new HashSet<>();
            for (JsonElement each : panel.getAsJsonArray("targets")) {
                JsonObject target = each.getAsJsonObject();
                assertThat(refIds.add(text(target, "refId"))).isTrue();
                assertThat(text(target, "legendFormat")).as(title).isNotBlank();
                assertThat(text(target.getAsJsonObject("datasource"), "type")).isEqualTo("prometheus");
                assertThat(target.get("instant").getAsBoolean())
                        .isNotEqualTo(target.get("range").getAsBoolean());
            }
            assertThat(refIds).as(title).isNotEmpty();
        });
    }

    @Test
    void panels_withEnergyOrGramsSayTheirBoundaryOrWhatTheyAreOf() {
        eachPanel(panel -> {
            String unit = text(panel.getAsJsonObject("fieldConfig").getAsJsonObject("defaults"), "unit");
            if (Set.of("watt", "joule").contains(unit)) {
                assertThat(text(panel, "description"))
                        .as(text(panel, "title"))
                        .containsAnyOf("with_idle", "dynamic", "IT power", "IT energy", "with idle", "above idle");
            }
            if (unit.equals("massg")) {
                assertThat(text(panel, "description")).as(text(panel, "title")).contains("location-based");
            }
        });
    }

    @Test
    void panels_standBesideEachOtherWithoutOverlapOrHole() {
        for (JsonObject dashboard : parsed()) {
            Set<String> cells = new HashSet<>();
            int area = 0;
            int bottom = 0;
            Set<Integer> ids = new HashSet<>();
            for (JsonElement each : dashboard.getAsJsonArray("panels")) {
                assertThat(ids.add(each.getAsJsonObject().get("id").getAsInt())).isTrue();
                JsonObject grid = each.getAsJsonObject().getAsJsonObject("gridPos");
                int x = grid.get("x").getAsInt();
                int y = grid.get("y").getAsInt();
                int width = grid.get("w").getAsInt();
                int height = grid.get("h").getAsInt();
                assertThat(x + width).isLessThanOrEqualTo(24);
                for (int cell = 0; cell < width * height; cell++) {
                    cells.add((x + cell % width) + "," + (y + cell / width));
                }
                area += width * height;
                bottom = Math.max(bottom, y + height);
            }
            assertThat(cells).as(text(dashboard, "uid")).hasSize(area);
            // All but the last line are full.
            assertThat(area).as(text(dashboard, "uid")).isGreaterThan(24 * (bottom - 10));
        }
    }

    @Test
    void expressions_askForPromisedOrRecordedNamesOnly() {
        Set<String> recorded = RuleFiles.parsed().stream()
                .filter(rule -> !rule.alert())
                .map(Rule::name)
                .collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        for (Dashboards.Expression each : Dashboards.expressions()) {
            assertThat(PromisedNames.names(each.expression()))
                    .as(each.toString())
                    .isNotEmpty();
            assertThat(each.expression()).doesNotContain("$_", "$j", "$i", "$m", "$b");
            unknown.addAll(PromisedNames.unknown(each.expression(), recorded));
        }
        assertThat(Dashboards.expressions()).hasSizeGreaterThan(80);
        assertThat(unknown).isEmpty();
    }

    @Test
    void expressions_areNarrowedByJobAndInstanceAndTakeRatesOfCounters() {
        for (Dashboard dashboard : Dashboards.all()) {
            for (Panel panel : dashboard.panels()) {
                for (Query query : panel.queries()) {
                    String expression = query.expression();
                    String what = dashboard.uid() + ": " + panel.title() + ": " + expression;
                    boolean fleet = dashboard.uid().equals("inferwatt-fleet");
                    OWN_SERIES.matcher(expression).results().forEach(series -> {
                        assertThat(fleet).as(what).isFalse();
                        assertThat(series.group()).as(what).contains("job=~\"$job\",instance=~\"$instance\"");
                    });
                    COUNTER.matcher(expression)
                            .results()
                            .filter(counter -> !counter.group(2).equals("inferwatt_agent_dropped_series_total"))
                            .forEach(counter ->
                                    assertThat(counter.group(1)).as(what).isIn("rate(", "increase("));
                    assertThat(expression)
                            .doesNotContainPattern(
                                    "rate\\([^\\[]*\\[(?!\\$__rate_interval]|\\$__range] @ end\\(\\)\\))");
                    assertThat(expression.lines()).hasSize(1);
                }
            }
        }
    }

    @Test
    void promtool_understandsEveryExpression() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n- name: panels\n  rules:\n");
        List<Dashboards.Expression> expressions = Dashboards.expressions();
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("  - record: panel:").append(i).append("\n    expr: |\n      ");
            rules.append(expressions.get(i).expression()).append('\n');
        }
        Path file = Files.writeString(folder.resolve("rules.yml"), rules);
        assertThat(Promtool.run("", "check", "rules", file.toString()))
                .contains("SUCCESS: " + expressions.size() + " rules found");
    }

    @Test
    void allFiles_areTheDashboardsTheProvisioningAndTheSameAsAConfigMap() {
        Map<String, String> files = Dashboards.all("/var/lib/it's/dashboards");
        assertThat(files).hasSize(7).containsAllEntriesOf(Dashboards.json());
        assertThat(files.get(Dashboards.PROVISIONING))
                .contains(
                        "apiVersion: 1\nproviders:\n", "path: '/var/lib/it''s/dashboards'\n", "allowUiUpdates: false");
        String configMap = files.get(Dashboards.CONFIG_MAP);
        assertThat(configMap)
                .contains("kind: ConfigMap", "grafana_dashboard: \"1\"")
                .hasSizeLessThan(1 << 20);
        Dashboards.json().forEach((name, json) -> {
            int begin = configMap.indexOf("  " + name + ": |\n");
            assertThat(begin).isPositive();
            StringBuilder read = new StringBuilder();
            configMap
                    .substring(begin)
                    .lines()
                    .skip(1)
                    .takeWhile(line -> line.startsWith("    "))
                    .forEach(line -> read.append(line.substring(4)).append('\n'));
            assertThat(read).hasToString(json);
        });
    }
}
