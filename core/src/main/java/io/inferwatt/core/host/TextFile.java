package io.inferwatt.core.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small text files of the kernel; one that is missing or may not be read is empty. */
final class TextFile {

    private TextFile() {}

    static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Returns the first line without spaces around it, empty if there is none. */
    static String word(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() ? "" : lines.get(0).strip();
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
