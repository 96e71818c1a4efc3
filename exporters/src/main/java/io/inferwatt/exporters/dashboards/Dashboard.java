package io.inferwatt.exporters.dashboards;

import java.util.List;

/**
 * One dashboard.
 *
 * @param uid fixed, so that links hold
 * @param variables by which it can be narrowed, beside the data source
 * @param panels in reading order
 */
record Dashboard(String uid, String title, String description, List<Variable> variables, List<Panel> panels) {

    Dashboard {
        variables = List.copyOf(variables);
        panels = List.copyOf(panels);
    }

    /** One thing that can be chosen: several values, or all. */
    enum Variable {
        JOB("job", "Job", "label_values(inferwatt_agent_info, job)"),
        INSTANCE("instance", "JVM", "label_values(inferwatt_agent_info{job=~\"$job\"}, instance)"),
        MODEL("model", "Model", "label_values(inferwatt_requests_total{job=~\"$job\",instance=~\"$instance\"}, model)"),
        BUDGET(
                "budget",
                "Budget",
                "label_values(inferwatt_budget_period_seconds{job=~\"$job\",instance=~\"$instance\"}, budget)"),
        /** Of whole jobs, as recording rules tell it. */
        JOB_MODEL("model", "Model", "label_values(job_model:inferwatt_requests:rate5m{job=~\"$job\"}, model)");

        private final String id;
        private final String label;
        private final String query;

        Variable(String id, String label, String query) {
            this.id = id;
            this.label = label;
            this.query = query;
        }

        String id() {
            return id;
        }

        String label() {
            return label;
        }

        String query() {
            return query;
        }
    }
}
