package io.inferwatt.core.fuzz;

import java.util.Collection;

/** What every line for a person must be, whatever came in: one line, of things that can be read, and not endless. */
public final class OneLine {

    /** The longest one lists all settings there are. */
    private static final int LONGEST = 4000;

    private OneLine() {}

    /** Throws {@link AssertionError} if one of the texts is no such line. */
    public static void check(Collection<String> lines) {
        lines.forEach(OneLine::check);
    }

    /** Throws {@link AssertionError} if a text is no such line. */
    public static void check(String line) {
        if (line.isBlank()) {
            throw new AssertionError("a line says nothing");
        }
        if (line.length() > LONGEST) {
            throw new AssertionError("a line of " + line.length() + " characters: " + shown(line));
        }
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || turns(c) || isHalf(line, i)) {
                throw new AssertionError("character " + (int) c + " at " + i + " of the line: " + shown(line));
            }
        }
    }

    /** Marks of format show nothing; some turn the direction of what follows. */
    private static boolean turns(char c) {
        return Character.getType(c) == Character.FORMAT;
    }

    private static boolean isHalf(String line, int at) {
        char c = line.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == line.length() || !Character.isLowSurrogate(line.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(line.charAt(at - 1)));
    }

    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(400, text.length()); i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return shown.append(text.length() > 400 ? "..." : "").toString();
    }
}
