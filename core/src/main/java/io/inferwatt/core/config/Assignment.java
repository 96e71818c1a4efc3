package io.inferwatt.core.config;

import io.inferwatt.core.input.OneLine;

/**
 * A setting as somebody wrote it.
 *
 * @param key the key without prefix; the whole variable where no key is known for an environment variable
 * @param text its value, stripped
 * @param origin where it was written, for people
 */
record Assignment(String key, String text, String origin) {

    private static final int SHOWN_CHARACTERS = 120;

    /** Returns the value in quotes, on one line and not longer than a line may be. */
    String shownText() {
        return quoted(text);
    }

    static String quoted(String text) {
        return "'" + oneLine(text) + "'";
    }

    /** Returns text from outside as it may stand in a line. */
    static String oneLine(String text) {
        return OneLine.of(text, SHOWN_CHARACTERS);
    }
}
