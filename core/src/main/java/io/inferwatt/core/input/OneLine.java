package io.inferwatt.core.input;

/** Text from outside as it may stand in a line for a person: it ends no line, moves no cursor, and is not endless. */
public final class OneLine {

    private static final char LINE_SEPARATOR = 0x2028;
    private static final char PARAGRAPH_SEPARATOR = 0x2029;

    private OneLine() {}

    /**
     * Returns the text with a question mark for each character that cannot be shown or changes how others are; the same object if
     * there is nothing to change.
     *
     * @param most characters that are kept; {@code ...} stands for the rest
     */
    public static String of(String text, int most) {
        int end = Math.min(text.length(), most);
        boolean cut = end < text.length();
        for (int i = 0; i < end; i++) {
            if (!isPlain(text, i, end)) {
                return replaced(text, end, cut);
            }
        }
        return cut ? text.substring(0, end) + "..." : text;
    }

    private static String replaced(String text, int end, boolean cut) {
        StringBuilder shown = new StringBuilder(end + 3);
        for (int i = 0; i < end; i++) {
            shown.append(isPlain(text, i, end) ? text.charAt(i) : '?');
        }
        return shown.append(cut ? "..." : "").toString();
    }

    private static boolean isPlain(String text, int at, int end) {
        char c = text.charAt(at);
        if (c >= ' ' && c <= '~') {
            return true;
        }
        if (Character.isHighSurrogate(c)) {
            return at + 1 < end && Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        }
        // Of the marks of format some turn the direction of what follows.
        return !Character.isISOControl(c)
                && c != LINE_SEPARATOR
                && c != PARAGRAPH_SEPARATOR
                && Character.getType(c) != Character.FORMAT;
    }
}
