package io.inferwatt.agent.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) from maps, lists, texts, numbers, truth values and null. A number that is not finite becomes null.
 * All that is not ASCII is escaped, so that the encoding of standard output plays no part.
 */
final class Json {

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    static String text(Map<String, ? extends @Nullable Object> document) {
        Json json = new Json();
        json.value(document, 0);
        return json.text.append('\n').toString();
    }

    private void value(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> members) {
            int left = members.size();
            text.append('{');
            for (Map.Entry<?, ?> member : members.entrySet()) {
                line(depth + 1);
                string(String.valueOf(member.getKey()));
                text.append(": ");
                value(member.getValue(), depth + 1);
                text.append(--left > 0 ? "," : "");
            }
            close('}', members.isEmpty(), depth);
        } else if (value instanceof List<?> elements) {
            int left = elements.size();
            text.append('[');
            for (Object element : elements) {
                line(depth + 1);
                value(element, depth + 1);
                text.append(--left > 0 ? "," : "");
            }
            close(']', elements.isEmpty(), depth);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            text.append("null");
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            string(value.toString());
        }
    }

    private void close(char bracket, boolean empty, int depth) {
        if (!empty) {
            line(depth);
        }
        text.append(bracket);
    }

    private void line(int depth) {
        text.append('\n').append("  ".repeat(depth));
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each == '"' || each == '\\') {
                text.append('\\').append(each);
            } else if (each < ' ' || each > '~') {
                text.append(String.format("\\u%04x", (int) each));
            } else {
                text.append(each);
            }
        }
        text.append('"');
    }
}
