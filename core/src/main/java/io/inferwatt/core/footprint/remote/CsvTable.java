package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.footprint.CsvRecords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads tables with a header line; lines that begin with a number sign are remarks. */
final class CsvTable {

    /** Makes an object of the fields of a row; throws {@link IOException}, whose message says what is wrong with them. */
    @FunctionalInterface
    interface Mapper<T> {

        T map(List<String> fields) throws IOException;
    }

    private CsvTable() {}

    /** Reads a table that comes with this library; throws {@link IllegalStateException} where it is missing or damaged. */
    static <T> List<T> embedded(String resource, List<String> header, Mapper<T> mapper) {
        try (InputStream in = CsvTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the table " + resource + " is not in the jar");
            }
            List<String> problems = new ArrayList<>();
            List<T> rows = read(new InputStreamReader(in, StandardCharsets.UTF_8), header, mapper, problems);
            if (!problems.isEmpty()) {
                throw new IllegalStateException("the table " + resource + " is damaged: " + problems.get(0));
            }
            return rows;
        } catch (IOException e) {
            throw new IllegalStateException("the table " + resource + " cannot be read", e);
        }
    }

    /** Reads what can be read: a bad line becomes a problem, a header that is not as it must be the only one. */
    static <T> List<T> read(Reader reader, List<String> header, Mapper<T> mapper, List<String> problems)
            throws IOException {
        BufferedReader lines = new BufferedReader(reader);
        List<T> rows = new ArrayList<>();
        boolean begun = false;
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank() || line.charAt(0) == '#') {
                continue;
            }
            try {
                List<String> fields = CsvRecords.fields(line, number);
                if (begun && fields.size() != header.size()) {
                    throw new IOException(fields.size() + " fields instead of " + header.size());
                }
                if (begun) {
                    rows.add(mapper.map(fields));
                } else if (!fields.equals(header)) {
                    problems.add("line " + number + ": the header is not " + String.join(",", header));
                    return rows;
                }
                begun = true;
            } catch (IOException e) {
                problems.add(inLine(number, e.getMessage()));
            }
        }
        if (!begun && problems.isEmpty()) {
            problems.add("the header is missing: " + String.join(",", header));
        }
        return rows;
    }

    private static String inLine(int number, @Nullable String message) {
        String told = String.valueOf(message);
        return told.startsWith("line ") ? told : "line " + number + ": " + told;
    }

    /** Returns a number above zero and at most {@code max}; throws {@link IOException} for anything else. */
    static double positive(String text, String column, double max) throws IOException {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!(value > 0 && value <= max)) {
            throw new IOException(
                    column + " is '" + Entries.shown(text) + "'; allowed: a number above 0, at most " + (long) max);
        }
        return value;
    }

    /** As {@link #positive}, NaN for an empty field. */
    static double positiveOrUnknown(String text, String column, double max) throws IOException {
        return text.isEmpty() ? Double.NaN : positive(text, column, max);
    }
}
