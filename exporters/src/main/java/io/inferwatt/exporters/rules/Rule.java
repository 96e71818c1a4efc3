package io.inferwatt.exporters.rules;

import java.util.Map;

/**
 * One rule of a file.
 *
 * @param file it stands in
 * @param name of the series that it records, or of the alert
 * @param alert whether it is an alert
 * @param expression in PromQL
 * @param texts what else stands there by key: {@code for}, {@code severity}, {@code window}, {@code summary},
 *     {@code description}, {@code runbook}
 */
public record Rule(String file, String name, boolean alert, String expression, Map<String, String> texts) {

    public Rule {
        texts = Map.copyOf(texts);
    }

    /** Returns a text, empty if it is not there. */
    public String text(String key) {
        return texts.getOrDefault(key, "");
    }
}
