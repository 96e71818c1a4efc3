package io.inferwatt.core.host;

import io.inferwatt.core.input.OneLine;
import io.inferwatt.core.input.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Small text files of the kernel; one that is missing, may not be read or is far too large is empty. */
final class TextFile {

    /** Several times what {@code cpuinfo}, {@code stat} or the mounts of the largest machines take. */
    private static final int MOST_BYTES = 8 << 20;

    private static final int MOST_CHARACTERS_OF_WORD = 200;

    private TextFile() {}

    static List<String> lines(Path file) {
        try {
            return new String(SmallFile.bytes(file, MOST_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Returns the first line without spaces around it, empty if there is none. */
    static String word(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() ? "" : plain(lines.get(0));
    }

    /** Returns text of a file as it may stand in a label or a line, without spaces around it. */
    static String plain(String text) {
        return OneLine.of(text.strip(), MOST_CHARACTERS_OF_WORD);
    }

    /** Returns the number that the text begins with, 0 if none. */
    static long number(String text) {
        long number = 0;
        for (int i = 0; i < Math.min(15, text.length()) && Character.isDigit(text.charAt(i)); i++) {
            number = number * 10 + Character.digit(text.charAt(i), 10);
        }
        return number;
    }
}
