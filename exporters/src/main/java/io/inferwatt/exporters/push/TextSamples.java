package io.inferwatt.exporters.push;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the samples of our own text format 0.0.4: what is written to a server is by its name and labels what a scrape would have
 * given. Lines without a time, as ours are.
 */
final class TextSamples {

    static final String NAME = "__name__";

    /**
     * One sample.
     *
     * @param labels sorted by name, the name of the series among them; not to be changed
     */
    record Sample(Map<String, String> labels, double value) {}

    private final String line;
    private int at;

    private TextSamples(String line) {
        this.line = line;
    }

    /** @throws IllegalArgumentException for a line that is none of the format */
    static List<Sample> read(byte[] text) {
        List<Sample> samples = new ArrayList<>();
        for (String line : new String(text, StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty() && line.charAt(0) != '#') {
                samples.add(new TextSamples(line).sample());
            }
        }
        return samples;
    }

    private Sample sample() {
        Map<String, String> labels = new TreeMap<>();
        labels.put(NAME, until("{ "));
        if (line.charAt(at) == '{') {
            at++;
            while (line.charAt(at) != '}') {
                String name = until("=");
                at += 2; // equals sign and quote
                labels.put(name, quoted());
                if (line.charAt(at) == ',') {
                    at++;
                }
            }
            at++;
        }
        return new Sample(
                Collections.unmodifiableMap(labels), number(line.substring(at).strip()));
    }

    private String until(String ends) {
        int begin = at;
        while (at < line.length() && ends.indexOf(line.charAt(at)) < 0) {
            at++;
        }
        if (at == line.length()) {
            throw new IllegalArgumentException("no sample: " + line);
        }
        return line.substring(begin, at);
    }

    /** Reads a value up to its closing quote, and past it. */
    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (char c = line.charAt(at++); c != '"'; c = line.charAt(at++)) {
            if (c == '\\') {
                char escaped = line.charAt(at++);
                value.append(escaped == 'n' ? '\n' : escaped);
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
