package io.inferwatt.it.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What Grafana's dashboards ask Prometheus, read from their JSON files, with the variables filled in as Grafana does for "All". */
public final class DashboardQuestions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LABEL_VALUES = "label_values(";

    private DashboardQuestions() {}

    /**
     * One question.
     *
     * @param dashboard uid of the dashboard
     * @param panel title and kind of the panel and the letter of the question, or the name of a variable
     * @param expression PromQL
     */
    public record Question(String dashboard, String panel, String expression) {

        @Override
        public String toString() {
            return dashboard + " / " + panel;
        }
    }

    /**
     * Returns the questions of all dashboards in a folder.
     *
     * @param rateInterval what {@code $__rate_interval} and {@code $__interval} stand for, such as {@code 5m}
     */
    public static List<Question> read(Path folder, String rateInterval) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        List<Question> questions = new ArrayList<>();
        for (Path file : files) {
            add(questions, JSON.readTree(file.toFile()), rateInterval);
        }
        return questions;
    }

    private static void add(List<Question> questions, JsonNode dashboard, String rateInterval) {
        String uid = dashboard.get("uid").asText();
        JsonNode variables = dashboard.at("/templating/list");
        for (JsonNode variable : variables) {
            if (variable.get("type").asText().equals("query")) {
                String name = variable.get("name").asText();
                String expression = labelValues(variable.at("/query/query").asText());
                questions.add(new Question(uid, "$" + name, filled(expression, variables, rateInterval)));
            }
        }
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String title =
                        panel.get("title").asText() + " (" + panel.get("type").asText() + ") "
                                + target.get("refId").asText();
                String expression = target.get("expr").asText();
                questions.add(new Question(uid, title, filled(expression, variables, rateInterval)));
            }
        }
    }

    /** {@code label_values(series, label)} is Grafana's own; the same labels come from a count. */
    private static String labelValues(String query) {
        int comma = query.lastIndexOf(',');
        if (!query.startsWith(LABEL_VALUES) || comma < 0) {
            throw new IllegalArgumentException("not understood: " + query);
        }
        String label = query.substring(comma + 1, query.lastIndexOf(')')).strip();
        return "count by (" + label + ") (" + query.substring(LABEL_VALUES.length(), comma) + ")";
    }

    private static String filled(String expression, JsonNode variables, String rateInterval) {
        String filled = expression
                .replace("$__rate_interval", rateInterval)
                .replace("$__interval", rateInterval)
                .replace("$__range", "1h");
        for (JsonNode variable : variables) {
            String name = variable.get("name").asText();
            String all = variable.path("allValue").asText();
            filled = filled.replace("${" + name + "}", all).replace("$" + name, all);
        }
        // $1 belongs to label_replace.
        for (int at = filled.indexOf('$'); at >= 0; at = filled.indexOf('$', at + 1)) {
            if (!Character.isDigit(filled.charAt(at + 1))) {
                throw new IllegalArgumentException("a variable is not known in " + filled);
            }
        }
        return filled;
    }
}
