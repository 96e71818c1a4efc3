package io.inferwatt.exporters.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hands out rule files. Safe from all threads; the texts are read anew each time. */
public final class RuleFiles {

    /** Joules that 99 % of the requests stay below, as the files have it. */
    public static final String REQUEST_JOULES = "50";

    /** What may stand in its place: the bounds of the histogram {@code inferwatt_request_energy_joules}. */
    public static final List<String> REQUEST_BOUNDS = List.of(
            "0.001", "0.01", "0.1", "0.5", "1", "5", "10", "50", "100", "500", "1000", "5000", "10000", "50000",
            "100000");

    /** Of the manifest that holds all rules. */
    public static final String MANIFEST = "kubernetes/inferwatt-prometheusrule.yml";

    public static final String ALERTMANAGER = "alertmanager-example.yml";

    private static final String REQUESTS = "inferwatt-requests.yml";

    private static final List<String> NAMES = List.of(
            "inferwatt-budgets.yml", REQUESTS, "inferwatt-meter.yml", "inferwatt-fleet.yml", "inferwatt-sci.yml");

    private static final String GROUPS = "groups:\n";

    private RuleFiles() {}

    /**
     * Returns the texts of the rule files by name, in the order in which a person reads them. The objective of joules a request is
     * {@link #REQUEST_JOULES}, which nobody chose, so it never pages.
     */
    public static Map<String, String> rules() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : NAMES) {
            files.put(name, read(name));
        }
        return files;
    }

    /**
     * Returns the same for an objective that a person chose, who is paged where it is missed by far.
     *
     * @param requestJoules one of {@link #REQUEST_BOUNDS}, which 99 % of the requests are to stay below
     */
    public static Map<String, String> rules(String requestJoules) {
        if (!REQUEST_BOUNDS.contains(requestJoules)) {
            throw new IllegalArgumentException(requestJoules + " J is no bound of the histogram");
        }
        Map<String, String> files = rules();
        files.computeIfPresent(
                REQUESTS,
                (name, text) -> paging(text, "1h", "6h")
                        .replace("le=~\"50|50[.]0\"", "le=~\"" + labels(requestJoules) + "\"")
                        .replace(" 50 J", " " + requestJoules + " J"));
        return files;
    }

    private static String paging(String text, String... windows) {
        String paging = text;
        for (String window : windows) {
            String label = "\n          window: " + window + "\n";
            paging = paging.replace("severity: ticket" + label, "severity: page" + label);
        }
        return paging;
    }

    /**
     * Returns all files that a person may want, by name: the rules, the same as one manifest for the Prometheus operator, and the
     * example for Alertmanager.
     *
     * @param rules as {@link #rules()} or {@link #rules(String)} returns them
     */
    public static Map<String, String> all(Map<String, String> rules) {
        Map<String, String> files = new LinkedHashMap<>(rules);
        files.put(MANIFEST, manifest(rules.values()));
        files.put(ALERTMANAGER, read(ALERTMANAGER));
        return files;
    }

    /** Returns every rule of every file, with its expression as a server takes it. */
    public static List<Rule> parsed() {
        List<Rule> rules = new ArrayList<>();
        rules().forEach((name, text) -> rules.addAll(RuleReader.read(name, text)));
        return List.copyOf(rules);
    }

    // Prometheus' two text formats and its versions write a whole number either way.
    private static String labels(String bound) {
        return bound.indexOf('.') < 0 ? bound + "|" + bound + "[.]0" : bound.replace(".", "[.]");
    }

    private static String manifest(Iterable<String> texts) {
        StringBuilder manifest = new StringBuilder("""
                # All rules of Inferwatt for the Prometheus operator. Its Prometheus takes only rules that ruleSelector selects: add the
                # label that yours asks for, such as release: kube-prometheus-stack.
                apiVersion: monitoring.coreos.com/v1
                kind: PrometheusRule
                metadata:
                  name: inferwatt
                  labels:
                    app.kubernetes.io/name: inferwatt
                spec:
                  groups:
                """);
        for (String text : texts) {
            text.lines()
                    .filter(line -> !line.equals(GROUPS.strip()))
                    .forEach(line -> manifest.append(line.isEmpty() ? "" : line.startsWith("#") ? "    " : "  ")
                            .append(line)
                            .append('\n'));
        }
        return manifest.toString();
    }

    private static String read(String name) {
        try (InputStream in = RuleFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " in this jar cannot be read", e);
        }
    }
}
