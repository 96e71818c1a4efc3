package io.inferwatt.it.servers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One series of a PromQL answer.
 *
 * @param labels with {@code __name__} where it has a name
 * @param points in order of time, at least one
 */
public record Series(Map<String, String> labels, List<Point> points) {

    /**
     * One sample.
     *
     * @param seconds Unix time
     */
    public record Point(double seconds, double value) {

        private static Point of(JsonNode pair) {
            String value = pair.get(1).asText();
            return new Point(pair.get(0).asDouble(), number(value));
        }

        private static double number(String value) {
            return switch (value) {
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(value);
            };
        }
    }

    /** Returns the latest value. */
    public double value() {
        return points.get(points.size() - 1).value();
    }

    /** Returns a label's value, empty if the series has none of that name, as in PromQL. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }

    /** Reads the data of an answer of {@code query} or {@code query_range}. A scalar is a series without labels. */
    static List<Series> of(JsonNode data) {
        List<Series> all = new ArrayList<>();
        String type = data.get("resultType").asText();
        if (type.equals("scalar")) {
            all.add(new Series(Map.of(), List.of(Point.of(data.get("result")))));
            return all;
        }
        for (JsonNode one : data.get("result")) {
            Map<String, String> labels = new TreeMap<>();
            one.get("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            List<Point> points = new ArrayList<>();
            if (one.has("values")) {
                one.get("values").forEach(pair -> points.add(Point.of(pair)));
            } else {
                points.add(Point.of(one.get("value")));
            }
            all.add(new Series(labels, points));
        }
        return all;
    }
}
