package io.inferwatt.agent.instrumentation.bedrock;

import io.inferwatt.core.call.TokenUsage;
import java.nio.charset.StandardCharsets;

/**
 * Finds whole numbers and sizes of arrays in JSON by their place, and passes over everything else: texts are never read, only
 * where they end. For one thread; what is no JSON has no numbers.
 */
final class JsonNumbers {

    /** Longer numbers might not fit, and count nothing that there is. */
    private static final int MOST_DIGITS = 18;

    private final byte[] json;
    private int at;

    private JsonNumbers(byte[] json) {
        this.json = json;
    }

    /**
     * Returns a whole number, {@link TokenUsage#UNKNOWN} if there is none at that place.
     *
     * @param path names of objects inside each other, then that of the number
     */
    static long number(byte[] json, String... path) {
        JsonNumbers numbers = new JsonNumbers(json);
        return numbers.enter(path) ? numbers.wholeNumber() : TokenUsage.UNKNOWN;
    }

    /**
     * Returns how many elements an array has, {@link TokenUsage#UNKNOWN} if there is none at that place.
     *
     * @param path names of objects inside each other, then that of the array
     */
    static long elements(byte[] json, String... path) {
        JsonNumbers numbers = new JsonNumbers(json);
        return numbers.enter(path) ? numbers.arraySize() : TokenUsage.UNKNOWN;
    }

    /** Goes to the value at a path; the first one where names are there twice. */
    private boolean enter(String[] path) {
        for (String name : path) {
            if (!enter(name.getBytes(StandardCharsets.US_ASCII))) {
                return false;
            }
        }
        return true;
    }

    private boolean enter(byte[] name) {
        if (!take('{')) {
            return false;
        }
        while (next() == '"') {
            int begin = at + 1;
            skipText();
            boolean found = is(name, begin, at - 1);
            if (!take(':')) {
                return false;
            }
            if (found) {
                return true;
            }
            skipValue();
            if (!take(',')) {
                return false;
            }
        }
        return false;
    }

    private boolean is(byte[] name, int begin, int end) {
        if (end - begin != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (json[begin + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private long wholeNumber() {
        next();
        long number = 0;
        int begin = at;
        while (at < json.length && json[at] >= '0' && json[at] <= '9' && at - begin <= MOST_DIGITS) {
            number = number * 10 + (json[at] - '0');
            at++;
        }
        int digits = at - begin;
        int after = next();
        boolean ends = after == ',' || after == '}' || after == ']';
        return digits > 0 && digits <= MOST_DIGITS && ends ? number : TokenUsage.UNKNOWN;
    }

    private long arraySize() {
        if (!take('[')) {
            return TokenUsage.UNKNOWN;
        }
        if (next() == ']') {
            return 0;
        }
        long size = 0;
        while (next() >= 0) {
            skipValue();
            size++;
            if (!take(',')) {
                return next() == ']' ? size : TokenUsage.UNKNOWN;
            }
        }
        return TokenUsage.UNKNOWN;
    }

    /** Goes behind a value: to the comma after it or to the end of what it is in. */
    private void skipValue() {
        int depth = 0;
        while (at < json.length) {
            int character = json[at];
            if (character == '"') {
                skipText();
                continue;
            }
            if (depth == 0 && (character == ',' || character == '}' || character == ']')) {
                return;
            }
            if (character == '{' || character == '[') {
                depth++;
            } else if (character == '}' || character == ']') {
                depth--;
            }
            at++;
        }
    }

    /** From its first quotation mark to behind its last one; bytes of UTF-8 that are no ASCII are never one of these. */
    private void skipText() {
        at++;
        while (at < json.length && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, json.length);
    }

    private boolean take(char expected) {
        if (next() != expected) {
            return false;
        }
        at++;
        return true;
    }

    /** Returns the next character that is no white space without taking it, -1 at the end. */
    private int next() {
        while (at < json.length && json[at] <= ' ' && json[at] >= 0) {
            at++;
        }
        return at < json.length ? json[at] : -1;
    }
}
