package io.inferwatt.exporters.dashboards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hands out the dashboards and what Grafana needs to load them by itself. Safe from all threads. */
public final class Dashboards {

    /** Where the file for Grafana's provisioning lies. */
    public static final String PROVISIONING = "provisioning/dashboards/inferwatt.yml";

    /** The same dashboards as an object for Kubernetes. */
    public static final String CONFIG_MAP = "kubernetes/inferwatt-dashboards-configmap.yml";

    private Dashboards() {}

    /**
     * One question of a panel, as Prometheus takes it: everything is chosen, rates are over five minutes.
     *
     * @param dashboard its uid
     * @param panel its title
     */
    public record Expression(String dashboard, String panel, String expression) {}

    static List<Dashboard> all() {
        return List.of(
                OverviewDashboard.make(),
                ModelsDashboard.make(),
                BudgetsDashboard.make(),
                FleetDashboard.make(),
                MeterHealthDashboard.make());
    }

    /** Returns the JSON of the dashboards by the name of their file. */
    public static Map<String, String> json() {
        Map<String, String> files = new LinkedHashMap<>();
        for (Dashboard dashboard : all()) {
            files.put(dashboard.uid() + ".json", DashboardJson.write(dashboard));
        }
        return files;
    }

    /**
     * Returns all files by path: the dashboards, the provisioning file and the ConfigMap.
     *
     * @param folder in which Grafana will find the dashboards, for the provisioning file
     */
    public static Map<String, String> all(String folder) {
        Map<String, String> files = json();
        String configMap = configMap(files);
        files.put(PROVISIONING, provisioning(folder));
        files.put(CONFIG_MAP, configMap);
        return files;
    }

    /** Returns every question of every panel with its variables filled in. */
    public static List<Expression> expressions() {
        List<Expression> expressions = new ArrayList<>();
        for (Dashboard dashboard : all()) {
            for (Panel panel : dashboard.panels()) {
                for (Query query : panel.queries()) {
                    expressions.add(new Expression(dashboard.uid(), panel.title(), filled(query.expression())));
                }
            }
        }
        return List.copyOf(expressions);
    }

    static String filled(String expression) {
        String filled = expression
                .replace("$__rate_interval", "5m")
                .replace("$__interval", "1m")
                .replace("$__range", "1h");
        for (Dashboard.Variable variable : Dashboard.Variable.values()) {
            filled = filled.replace("$" + variable.id(), ".+");
        }
        return filled;
    }

    private static String provisioning(String folder) {
        return """
                # For /etc/grafana/provisioning/dashboards/. path is where Grafana itself finds the dashboards: put the path of its own
                # machine or container there if that is another one.
                apiVersion: 1
                providers:
                  - name: inferwatt
                    type: file
                    folder: Inferwatt
                    allowUiUpdates: false
                    options:
                      path: '%s'
                """.formatted(folder.replace("'", "''"));
    }

    private static String configMap(Map<String, String> dashboards) {
        StringBuilder yaml = new StringBuilder("""
                # For Grafana's side-car, which loads what has this label.
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: inferwatt-dashboards
                  labels:
                    grafana_dashboard: "1"
                data:
                """);
        dashboards.forEach((name, json) -> {
            yaml.append("  ").append(name).append(": |\n");
            json.lines().forEach(line -> yaml.append("    ").append(line).append('\n'));
        });
        return yaml.toString();
    }
}
