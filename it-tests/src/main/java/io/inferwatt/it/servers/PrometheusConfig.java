package io.inferwatt.it.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file {@code prometheus.yml} of a test. Not thread-safe. */
public final class PrometheusConfig {

    private final String interval;
    private final List<String> jobs = new ArrayList<>();
    private final List<Path> ruleFiles = new ArrayList<>();
    private final List<URI> alertmanagers = new ArrayList<>();

    private PrometheusConfig(String interval) {
        this.interval = interval;
    }

    /** Begins a file by which all is scraped and evaluated once in such a time, for instance {@code 1s}. */
    public static PrometheusConfig every(String interval) {
        return new PrometheusConfig(interval);
    }

    /**
     * Adds targets that are scraped at {@code /metrics}.
     *
     * @param addresses of which host and port count
     */
    public PrometheusConfig scrape(String job, URI... addresses) {
        return scrape(job, "", addresses);
    }

    /**
     * Adds targets with further settings of the job.
     *
     * @param settings lines of YAML without indentation, such as {@code honor_labels: true}; may be empty
     */
    public PrometheusConfig scrape(String job, String settings, URI... addresses) {
        StringBuilder text = new StringBuilder("  - job_name: " + job + "\n");
        settings.lines().forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("    static_configs:\n      - targets:\n");
        for (URI address : addresses) {
            text.append("          - '").append(address.getAuthority()).append("'\n");
        }
        jobs.add(text.toString());
        return this;
    }

    /** Adds a file of recording or alerting rules. */
    public PrometheusConfig rules(Path file) {
        ruleFiles.add(file.toAbsolutePath());
        return this;
    }

    /** Sends alerts there. */
    public PrometheusConfig alertsTo(URI alertmanager) {
        alertmanagers.add(alertmanager);
        return this;
    }

    /** Returns the file's text. */
    public String text() {
        StringBuilder text = new StringBuilder("global:\n  scrape_interval: " + interval + "\n  scrape_timeout: "
                + interval + "\n  evaluation_interval: " + interval + "\n");
        if (!ruleFiles.isEmpty()) {
            text.append("rule_files:\n");
            ruleFiles.forEach(file -> text.append("  - '").append(file).append("'\n"));
        }
        if (!alertmanagers.isEmpty()) {
            text.append("alerting:\n  alertmanagers:\n    - static_configs:\n        - targets:\n");
            alertmanagers.forEach(address -> text.append("            - '")
                    .append(address.getAuthority())
                    .append("'\n"));
        }
        text.append(jobs.isEmpty() ? "scrape_configs: []\n" : "scrape_configs:\n");
        jobs.forEach(text::append);
        return text.toString();
    }
}
