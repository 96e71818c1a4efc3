package io.inferwatt.core.budget;

import io.inferwatt.core.input.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The state file as text: a first line with the version, a few lines for each budget, a last one with a checksum of all before. */
final class StateText {

    private static final String FIRST_WORD = "inferwatt-budgets ";
    private static final int VERSION = 1;
    private static final String CHECK = "check=";

    private StateText() {}

    /** The text is not what {@link #write} makes. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1;

        UnreadableException(String why) {
            super(why);
        }
    }

    static String write(List<SavedBudget> budgets) {
        StringBuilder text = new StringBuilder(FIRST_WORD).append(VERSION).append('\n');
        for (SavedBudget budget : budgets) {
            line(text, "budget", budget.name());
            line(text, "kind", budget.kind());
            line(text, "window", budget.window());
            line(text, "limit", budget.limit());
            line(text, "start", budget.startMillis());
            line(text, "end", budget.endMillis());
            line(text, "amounts", joined(budget.amounts()));
            line(text, "requests", joined(budget.requests()));
            List<String> told = new ArrayList<>();
            new TreeMap<>(budget.told()).forEach((percent, millis) -> told.add(percent + "@" + millis));
            line(text, "told", joined(told));
        }
        String check = checksum(text.toString());
        return text.append(CHECK).append(check).append('\n').toString();
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key).append('=').append(value).append('\n');
    }

    private static String joined(List<?> values) {
        StringBuilder text = new StringBuilder();
        for (Object value : values) {
            text.append(text.length() == 0 ? "" : ",").append(value);
        }
        return text.toString();
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    static List<SavedBudget> read(String text) throws UnreadableException {
        int firstEnd = text.indexOf('\n');
        String first = firstEnd < 0 ? text : text.substring(0, firstEnd);
        if (!first.startsWith(FIRST_WORD)) {
            throw new UnreadableException("it does not begin with '" + FIRST_WORD.strip() + "'");
        }
        if (!first.equals(FIRST_WORD + VERSION)) {
            throw new UnreadableException("its version is not " + VERSION);
        }
        int checkAt = text.lastIndexOf(CHECK);
        if (checkAt < 0 || !text.substring(checkAt).equals(CHECK + checksum(text.substring(0, checkAt)) + '\n')) {
            throw new UnreadableException("its checksum is wrong");
        }
        List<SavedBudget> budgets = new ArrayList<>();
        try {
            Map<String, String> fields = new TreeMap<>();
            for (String line : text.substring(firstEnd + 1, checkAt).split("\n", -1)) {
                int equals = line.indexOf('=');
                if ((equals < 0 || line.startsWith("budget=")) && !fields.isEmpty()) {
                    budgets.add(budget(fields));
                    fields.clear();
                }
                if (equals >= 0) {
                    fields.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (RuntimeException broken) {
            throw new UnreadableException(
                    "it is not understood: " + OneLine.of(String.valueOf(broken.getMessage()), 200));
        }
        return budgets;
    }

    private static SavedBudget budget(Map<String, String> fields) {
        Map<Double, Long> told = new TreeMap<>();
        for (String each : split(fields.get("told"))) {
            int at = each.indexOf('@');
            told.put(Double.valueOf(each.substring(0, at)), Long.valueOf(each.substring(at + 1)));
        }
        SavedBudget saved = new SavedBudget(
                need(fields, "budget"),
                need(fields, "kind"),
                need(fields, "window"),
                Double.parseDouble(need(fields, "limit")),
                Long.parseLong(need(fields, "start")),
                Long.parseLong(need(fields, "end")),
                split(fields.get("amounts")).stream().map(Double::valueOf).toList(),
                split(fields.get("requests")).stream().map(Long::valueOf).toList(),
                told);
        if (!saved.isSound()) {
            throw new IllegalArgumentException("impossible figures of budget " + saved.name());
        }
        return saved;
    }

    private static String need(Map<String, String> fields, String key) {
        String value = fields.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }

    private static List<String> split(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }
}
