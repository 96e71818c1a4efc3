package io.inferwatt.exporters.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.inferwatt.core.report.disclosure.Disclosure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a disclosure of records: of a file with those set aside beside it, or of all files of a folder, each plain or as
 * {@code .gz}. A line that cannot be read, such as the torn last one of a process that was killed, is skipped and counted.
 */
public final class RecordsReader {

    private final String version;
    private final @Nullable Instant since;
    private final @Nullable Instant until;
    private final Instant now;

    /**
     * Creates a reader.
     *
     * @param version of Inferwatt
     * @param since records that ended before are left out; null for none
     * @param until records that ended then or later are left out; null for none
     * @param now for the line that says when the report was made
     */
    public RecordsReader(String version, @Nullable Instant since, @Nullable Instant until, Instant now) {
        this.version = version;
        this.since = since;
        this.until = until;
        this.now = now;
    }

    /** Returns the disclosure; throws {@link IOException} if there is nothing to read, with one line that says why. */
    public Disclosure read(Path path) throws IOException {
        List<Path> files = files(path);
        RecordBooks books = new RecordBooks();
        for (Path file : files) {
            read(file, books);
        }
        if (books.records() == 0) {
            throw new IOException(path + ": no records"
                    + (since == null && until == null ? "" : " in this period")
                    + " in " + files.size() + (files.size() == 1 ? " file" : " files")
                    + (books.skipped() > 0 ? "; " + books.skipped() + " lines could not be read" : ""));
        }
        return books.disclosure(version, path.toString(), since, until, now);
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new IOException(path + " does not exist; allowed: a file of records or a folder with some");
        }
        boolean folder = Files.isDirectory(path);
        Path name = path.getFileName();
        Path parent = folder ? path : path.toAbsolutePath().getParent();
        if (parent == null || name == null) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.list(parent)) {
            List<Path> files = new ArrayList<>(all.filter(Files::isRegularFile)
                    .filter(file ->
                            folder ? !plainName(file).startsWith(".") : belongs(plainName(file), name.toString()))
                    .sorted()
                    .toList());
            if (files.isEmpty()) {
                throw new IOException(path + " holds no files");
            }
            return files;
        }
    }

    private static String plainName(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Returns whether it is the file itself or one that was set aside: {@code name.1}, {@code name.2.gz}. */
    private static boolean belongs(String file, String name) {
        if (file.equals(name)) {
            return true;
        }
        if (!file.startsWith(name + ".")) {
            return false;
        }
        String rest = file.substring(name.length() + 1);
        String number = rest.endsWith(".gz") ? rest.substring(0, rest.length() - 3) : rest;
        return rest.equals("gz") || (!number.isEmpty() && number.chars().allMatch(Character::isDigit));
    }

    private void read(Path file, RecordBooks books) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = plainName(file).endsWith(".gz") ? new GZIPInputStream(in) : in;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    add(line, books);
                }
            }
        } catch (IOException e) {
            throw new IOException(file + " cannot be read (" + e + ")", e);
        }
    }

    private void add(String line, RecordBooks books) {
        try {
            JsonObject record = JsonParser.parseString(line).getAsJsonObject();
            if (record.get("v").getAsInt() != RecordLine.VERSION) {
                books.skip();
                return;
            }
            Instant end = Instant.parse(record.get("time").getAsString());
            if ((since == null || !end.isBefore(since)) && (until == null || end.isBefore(until))) {
                books.add(record, end);
            }
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | NumberFormatException
                | ClassCastException
                | UnsupportedOperationException
                | DateTimeException e) {
            books.skip();
        }
    }
}
