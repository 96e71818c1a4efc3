package io.inferwatt.it.demo;

import io.inferwatt.it.demo.MetricsText.Sample;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one sample: {@code name{label="value",...} number [timestamp]}. */
final class SampleLine {

    private final String line;
    private final int number;
    private int at;

    SampleLine(String line, int number) {
        this.line = line;
        this.number = number;
    }

    Sample read() {
        String name = upTo(" {");
        Map<String, String> labels = new LinkedHashMap<>();
        if (at < line.length() && line.charAt(at) == '{') {
            at++;
            readLabels(labels);
        }
        String[] rest = line.substring(at).trim().split("\\s+", -1);
        return new Sample(name, labels, value(rest[0]));
    }

    private void readLabels(Map<String, String> labels) {
        while (next() != '}') {
            String label = upTo("=").trim();
            expect('=');
            expect('"');
            labels.put(label, quoted());
            if (next() == ',') {
                at++;
            }
        }
        at++;
    }

    /** Returns the text up to the closing quote, which is passed over. */
    private String quoted() {
        StringBuilder text = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            at++;
            if (c == '\\') {
                char escaped = next();
                at++;
                text.append(escaped == 'n' ? '\n' : escaped);
            } else {
                text.append(c);
            }
        }
        at++;
        return text.toString();
    }

    private String upTo(String anyOf) {
        int from = at;
        while (at < line.length() && anyOf.indexOf(line.charAt(at)) < 0) {
            at++;
        }
        if (at == from) {
            throw unreadable();
        }
        return line.substring(from, at);
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw unreadable();
        }
        at++;
    }

    private char next() {
        if (at >= line.length()) {
            throw unreadable();
        }
        return line.charAt(at);
    }

    private double value(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> {
                try {
                    yield Double.parseDouble(text);
                } catch (NumberFormatException notANumber) {
                    throw unreadable();
                }
            }
        };
    }

    private IllegalArgumentException unreadable() {
        return new IllegalArgumentException("line " + number + " is no sample of the Prometheus text format: " + line);
    }
}
