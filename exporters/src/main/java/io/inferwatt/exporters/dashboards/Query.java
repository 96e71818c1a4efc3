package io.inferwatt.exporters.dashboards;

/**
 * One question of a panel to Prometheus.
 *
 * @param legend what its series are called, with {@code {{label}}} for the value of a label; in a table the title of the column
 * @param expression PromQL with Grafana's variables in it
 * @param unit of a column in Grafana's words, empty for that of the panel
 */
record Query(String legend, String expression, String unit) {}
