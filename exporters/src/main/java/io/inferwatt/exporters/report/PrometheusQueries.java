package io.inferwatt.exporters.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.inferwatt.core.input.OneLine;
import io.inferwatt.core.net.HttpAnswer;
import io.inferwatt.core.net.HttpRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Instant queries to a Prometheus server, or one that speaks its API. */
final class PrometheusQueries {

    private static final int LONGEST_ERROR = 300;

    private final URI base;
    private final String selector;
    private final Instant end;
    private final long seconds;

    /** @param selector labels that all series must have, such as {@code job="shop"}; empty for all */
    PrometheusQueries(URI base, String selector, Instant begin, Instant end) {
        this.base = base;
        this.selector = selector;
        this.end = end;
        this.seconds = Math.max(1, end.getEpochSecond() - begin.getEpochSecond());
    }

    /** One series of an answer. */
    record Sample(Map<String, String> labels, double value) {

        String label(String name) {
            return labels.getOrDefault(name, "");
        }
    }

    /** Returns by how much a counter has grown in the period, summed by some labels. */
    List<Sample> increase(String counter, String... by) throws IOException {
        return query("sum by (" + String.join(", ", by) + ") (increase(" + series(counter) + "[" + seconds + "s]))");
    }

    /** Returns what a function of the series of a gauge over the period says, such as {@code max}. */
    List<Sample> gauge(String function, String gauge, String... by) throws IOException {
        return query(function + " by (" + String.join(", ", by) + ") (last_over_time(" + series(gauge) + "[" + seconds
                + "s]))");
    }

    private String series(String name) {
        return selector.isEmpty() ? name : name + "{" + selector + "}";
    }

    private List<Sample> query(String expression) throws IOException {
        String path = base.toString();
        URI uri = URI.create((path.endsWith("/") ? path : path + "/") + "api/v1/query?query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8) + "&time=" + end.getEpochSecond());
        HttpAnswer answer;
        try {
            answer = HttpRequest.get(uri).send();
        } catch (ConnectException e) {
            throw new IOException("nothing listens at " + Addresses.shown(base) + " (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new IOException(Addresses.shown(base) + " does not answer (" + e.getMessage() + ")", e);
        }
        return samples(answer);
    }

    /** Other people's words, which may be anything. */
    private static String error(JsonElement told) {
        return OneLine.of(told.isJsonPrimitive() ? told.getAsString() : told.toString(), LONGEST_ERROR);
    }

    private List<Sample> samples(HttpAnswer answer) throws IOException {
        try {
            JsonObject body = JsonParser.parseString(answer.body()).getAsJsonObject();
            if (body.has("error")) {
                throw new IOException(Addresses.shown(base) + " refused a query: " + error(body.get("error")));
            }
            JsonArray result = body.getAsJsonObject("data").getAsJsonArray("result");
            List<Sample> samples = new ArrayList<>();
            for (JsonElement each : result) {
                Map<String, String> labels = new HashMap<>();
                each.getAsJsonObject()
                        .getAsJsonObject("metric")
                        .asMap()
                        .forEach((name, value) -> labels.put(name, value.getAsString()));
                samples.add(new Sample(
                        labels,
                        Double.parseDouble(each.getAsJsonObject()
                                .getAsJsonArray("value")
                                .get(1)
                                .getAsString())));
            }
            return samples;
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | NumberFormatException
                | UnsupportedOperationException
                | IndexOutOfBoundsException e) {
            throw new IOException(
                    Addresses.shown(base) + " is no Prometheus server: it answered with status " + answer.status()
                            + " and no result of a query",
                    e);
        }
    }
}
