package io.inferwatt.exporters.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.inferwatt.core.file.LockFile;
import io.inferwatt.core.report.disclosure.Disclosure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a disclosure of records: of a file with those set aside beside it, or of all files of a folder, each plain or as
 * {@code .gz}. A line that cannot be read, such as the torn last one of a process that was killed, is skipped and counted. Of a {@code .gz} that is
 * cut or damaged, what comes before is read, and the file is counted. The oldest is read first, and each file once.
 */
public final class RecordsReader {

    /** A file is set aside once in a long while, so that twice is rare. */
    private static final int ROUNDS = 5;

    private static final Comparator<Path> OLDEST_FIRST = Comparator.comparing(RecordsReader::series)
            .thenComparing(Comparator.comparingLong(RecordsReader::number).reversed())
            .thenComparing(Comparator.naturalOrder());

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
        RecordBooks books = new RecordBooks();
        Set<Object> seen = new HashSet<>();
        // Files are set aside, that is, renamed, while we read: each is known by its key, and what is new is looked for
        // again.
        for (int round = 0; round < ROUNDS && readNew(path, seen, books); round++) {}
        int files = seen.size();
        if (books.records() == 0) {
            throw new IOException(path + ": no records"
                    + (since == null && until == null ? "" : " in this period")
                    + " in " + files + (files == 1 ? " file" : " files")
                    + (books.cutFiles() > 0 ? "; " + books.cutFiles() + " of them damaged" : "")
                    + (books.skipped() > 0 ? "; " + books.skipped() + " lines could not be read" : ""));
        }
        return books.disclosure(version, path.toString(), since, until, now);
    }

    /** Returns whether there was a file that had not been read. */
    private boolean readNew(Path path, Set<Object> seen, RecordBooks books) throws IOException {
        boolean any = false;
        for (Path file : files(path)) {
            try {
                Object key = key(file);
                if (!seen.contains(key)) {
                    any = true;
                    read(file, books);
                    seen.add(key);
                }
            } catch (NoSuchFileException renamed) {
                any = true; // found by its new name in the next round
            }
        }
        return any;
    }

    /** What a file keeps when it is renamed, where the file system knows such a thing. */
    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file.toAbsolutePath() : key;
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
                    .filter(file -> !LockFile.isOne(file))
                    .filter(file ->
                            folder ? !plainName(file).startsWith(".") : belongs(plainName(file), name.toString()))
                    .sorted(OLDEST_FIRST)
                    .toList());
            if (files.isEmpty()) {
                throw new IOException(path + " holds no files");
            }
            return files;
        }
    }

    /** Returns 2 of {@code records.jsonl.2} and {@code records.jsonl.2.gz}, 0 of a file that is not set aside. */
    private static long number(Path file) {
        String name = withoutGz(plainName(file));
        String digits = name.substring(name.lastIndexOf('.') + 1);
        boolean numbered = name.indexOf('.') >= 0
                && !digits.isEmpty()
                && digits.length() < 10
                && digits.chars().allMatch(each -> each >= '0' && each <= '9');
        return numbered ? Long.parseLong(digits) : 0;
    }

    private static String series(Path file) {
        String name = withoutGz(plainName(file));
        return number(file) == 0 ? name : name.substring(0, name.lastIndexOf('.'));
    }

    private static String withoutGz(String name) {
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
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
        String number = withoutGz(rest);
        return rest.equals("gz") || (!number.isEmpty() && number.chars().allMatch(Character::isDigit));
    }

    private void read(Path file, RecordBooks books) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = plainName(file).endsWith(".gz") ? new GZIPInputStream(in) : in;
                Reader text = new InputStreamReader(plain, StandardCharsets.UTF_8)) {
            books.beginFile(series(file));
            BoundedLines lines = new BoundedLines(text);
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    add(line, books);
                }
            }
        } catch (NoSuchFileException e) {
            throw e;
        } catch (EOFException | ZipException e) {
            books.cut(plainName(file));
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
            if (record.has("factors")) { // in force for what follows, whether or not this one is in the period
                books.inForce(RecordedFactors.read(record.getAsJsonObject("factors")));
            }
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
