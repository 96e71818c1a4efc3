package io.inferwatt.core.footprint;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads comma-separated records, one a line, fields in double quotes where needed (RFC 4180 without line breaks). */
public final class CsvRecords {

    private CsvRecords() {}

    /** Returns the records in order; the first one is the header. Throws {@link IOException} on a malformed line. */
    static List<List<String>> read(BufferedReader reader) throws IOException {
        List<List<String>> records = new ArrayList<>();
        int fields = -1;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            List<String> current = fields(line, records.size() + 1);
            if (fields >= 0 && current.size() != fields) {
                throw new IOException("line " + (records.size() + 1) + " has " + current.size()
                        + " fields, the header has " + fields);
            }
            fields = current.size();
            records.add(current);
        }
        return records;
    }

    /**
     * Returns the fields of one line; throws {@link IOException} on a malformed one.
     *
     * @param lineNumber for the message
     */
    public static List<String> fields(String line, int lineNumber) throws IOException {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        int at = 0;
        while (true) {
            boolean quoted = at < line.length() && line.charAt(at) == '"';
            at = quoted ? quoted(line, at + 1, field, lineNumber) : plain(line, at, field, lineNumber);
            fields.add(field.toString());
            field.setLength(0);
            if (at == line.length()) {
                return fields;
            }
            if (line.charAt(at) != ',') {
                throw new IOException("line " + lineNumber + ": text after the closing quote");
            }
            at++;
        }
    }

    private static int plain(String line, int start, StringBuilder field, int lineNumber) throws IOException {
        int comma = line.indexOf(',', start);
        int end = comma < 0 ? line.length() : comma;
        field.append(line, start, end);
        if (field.indexOf("\"") >= 0) {
            throw new IOException("line " + lineNumber + ": quote inside a field that is not quoted");
        }
        return end;
    }

    /** Returns the place after the closing quote. */
    private static int quoted(String line, int start, StringBuilder field, int lineNumber) throws IOException {
        int at = start;
        while (at < line.length()) {
            char c = line.charAt(at);
            boolean doubled = c == '"' && at + 1 < line.length() && line.charAt(at + 1) == '"';
            if (c == '"' && !doubled) {
                return at + 1;
            }
            field.append(c);
            at += doubled ? 2 : 1;
        }
        throw new IOException("line " + lineNumber + ": quote that is not closed");
    }
}
