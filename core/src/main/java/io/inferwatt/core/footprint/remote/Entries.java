package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.input.FewLines;
import io.inferwatt.core.input.OneLine;
import java.util.ArrayList;
import java.util.List;

/** Splits settings of the form {@code name=value;name=value}. */
final class Entries {

    private static final int SHOWN_CHARACTERS = 80;

    /** One entry, both sides without blanks around them and not empty. */
    record Entry(String name, String value) {}

    private Entries() {}

    /**
     * Returns the entries in order; one that is not of the form becomes a problem.
     *
     * @param form what is allowed, for the line that tells the problem
     */
    static List<Entry> read(String key, String text, String form, FewLines problems) {
        List<Entry> entries = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int semicolon = text.indexOf(';', start);
            int end = semicolon < 0 ? text.length() : semicolon;
            String entry = text.substring(start, end).strip();
            int equals = entry.indexOf('=');
            if (equals > 0 && equals < entry.length() - 1) {
                entries.add(new Entry(
                        entry.substring(0, equals).strip(),
                        entry.substring(equals + 1).strip()));
            } else if (!entry.isEmpty()) {
                problems.add(problem(key, entry, form));
            }
            start = end + 1;
        }
        return entries;
    }

    static String problem(String key, String entry, String form) {
        return key + ": '" + shown(entry) + "' is not allowed; allowed: " + form + "; this entry is ignored";
    }

    /** Returns text from outside as it may stand in a line. */
    static String shown(String text) {
        return OneLine.of(text, SHOWN_CHARACTERS);
    }
}
