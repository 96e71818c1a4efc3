package io.inferwatt.exporters.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Reads our own rule files, not YAML at large: a rule begins with {@code - record:} or {@code - alert:}, each key has a line of its
 * own, and an expression stands behind its key or is the indented block below.
 */
final class RuleReader {

    private static final String RECORD = "- record: ";
    private static final String ALERT = "- alert: ";
    private static final String BLOCK = "expr: |";
    private static final String IN_BLOCK = " ".repeat(10);

    private final String file;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, String> texts = new HashMap<>();
    private String name = "";
    private boolean alert;
    private boolean inExpression;

    private RuleReader(String file) {
        this.file = file;
    }

    static List<Rule> read(String file, String text) {
        RuleReader reader = new RuleReader(file);
        Iterator<String> lines = text.lines().iterator();
        while (lines.hasNext()) {
            reader.take(lines.next());
        }
        reader.end();
        return reader.rules;
    }

    private void take(String line) {
        String text = line.strip();
        int colon = text.indexOf(": ");
        inExpression &= line.startsWith(IN_BLOCK);
        if (text.startsWith(RECORD) || text.startsWith(ALERT)) {
            end();
            alert = text.startsWith(ALERT);
            name = text.substring(colon + 2);
        } else if (inExpression) {
            texts.merge("expr", text, (before, next) -> before + " " + next);
        } else if (text.equals(BLOCK)) {
            inExpression = true;
        } else if (!name.isEmpty() && colon > 0 && !text.startsWith("#")) {
            texts.put(text.substring(0, colon), unquoted(text.substring(colon + 2)));
        }
    }

    private void end() {
        if (!name.isEmpty()) {
            rules.add(new Rule(file, name, alert, texts.getOrDefault("expr", ""), texts));
        }
        name = "";
        texts.clear();
    }

    private static String unquoted(String text) {
        return text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1).replace("\\\"", "\"")
                : text;
    }
}
