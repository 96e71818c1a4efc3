package io.inferwatt.agent.command;

import java.nio.charset.Charset;
import java.util.List;

/** Text for a terminal of {@value #WIDTH} columns. Words are never broken, so that paths and commands can be copied. */
final class Page {

    static final int WIDTH = 100;

    private final StringBuilder text = new StringBuilder();

    /** Adds a line as it is. */
    Page line(String line) {
        text.append(line).append(System.lineSeparator());
        return this;
    }

    /** Adds an empty line and a title. */
    Page section(String title) {
        return line("").line(title);
    }

    /**
     * Adds a paragraph, wrapped, with all lines after the first below its beginning.
     *
     * @param label stands before the paragraph
     * @param column where the paragraph begins, from 0
     */
    Page paragraph(String label, int column, String words) {
        StringBuilder line = new StringBuilder(label);
        pad(line, column);
        boolean fresh = true;
        for (String word : words.replaceAll("\\p{Cntrl}", " ").strip().split(" +", -1)) {
            if (!fresh && line.length() + 1 + word.length() > WIDTH) {
                line(line.toString());
                line.setLength(0);
                pad(line, column);
                fresh = true;
            }
            line.append(fresh ? "" : " ").append(word);
            fresh = false;
        }
        return line(line.toString());
    }

    /**
     * Adds a line of a table.
     *
     * @param widths of the columns, from the left margin on
     */
    Page row(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder("  ");
        int end = line.length();
        for (int i = 0; i < cells.size(); i++) {
            line.append(cells.get(i));
            end += widths.get(i);
            pad(line, end);
        }
        return line(line.toString().stripTrailing());
    }

    /** Returns all of it, for a terminal with this encoding. */
    String text(Charset charset) {
        String all = text.toString();
        return charset.canEncode() && charset.newEncoder().canEncode('±') ? all : all.replace("±", "+-");
    }

    private static void pad(StringBuilder line, int length) {
        while (line.length() < length) {
            line.append(' ');
        }
    }
}
