package io.inferwatt.exporters.records;

import io.inferwatt.core.file.LockFile;
import io.inferwatt.core.file.OwnFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file that lines are appended to, and those set aside: {@code name.1} is the newest of them. Held by a {@link LockFile}, since
 * applications may read it; a second writer with the same setting, in this process or another one, gets a file of its own,
 * {@code name-2} and so on. One thread.
 */
final class RecordsFile implements AutoCloseable {

    private static final int MOST_WRITERS = 32;
    private static final String GONE = "gone";

    private final Path path;
    private final long maxBytes;
    private final int maxFiles;
    private final StringBuilder waiting = new StringBuilder();
    private String firstWhereNew = "";
    private int firstLength;
    private boolean begins;
    private long writtenLines;
    private @Nullable Path current;
    private @Nullable FileChannel channel;
    private @Nullable LockFile lock;
    private Object key = GONE;
    private long size;

    /** @param maxFiles kept in all, the one in use included */
    RecordsFile(Path path, long maxBytes, int maxFiles) {
        this.path = path;
        this.maxBytes = maxBytes;
        this.maxFiles = maxFiles;
    }

    /** Keeps a line for the next {@link #flush}. */
    void append(String line) {
        waiting.append(line).append('\n');
    }

    /**
     * Keeps the first line of the next {@link #flush}.
     *
     * @param whereNew the same line as it is written where nobody knows what stands before it: at the begin of a file, and in one that
     *     was there already, or that somebody has cut
     */
    void appendFirst(String line, String whereNew) {
        dropWaiting();
        append(line);
        firstLength = waiting.length();
        firstWhereNew = whereNew + '\n';
    }

    /** Forgets what waits. */
    void dropWaiting() {
        waiting.setLength(0);
        firstWhereNew = "";
        firstLength = 0;
    }

    /** Returns the file that is written, the one of the settings as long as nothing was. */
    Path file() {
        return current();
    }

    /** Returns how many lines are whole in a file, since the start. */
    long writtenLines() {
        return writtenLines;
    }

    /** Writes what waits, whole lines only where nothing fails; whether it throws or not, nothing waits then. */
    void flush() throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        String lines = waiting.toString();
        String linesWhereNew = firstWhereNew + lines.substring(firstLength);
        dropWaiting();
        byte[] bytes = linesWhereNew.getBytes(StandardCharsets.UTF_8);
        ByteBuffer left = ByteBuffer.wrap(bytes);
        try {
            FileChannel open = opened();
            if (size > 0 && size + bytes.length > maxBytes) {
                open = next();
            }
            if (!begins) {
                bytes = lines.getBytes(StandardCharsets.UTF_8);
                left = ByteBuffer.wrap(bytes);
            }
            while (left.hasRemaining()) {
                size += open.write(left);
            }
            begins = false;
        } catch (IOException | RuntimeException e) {
            abandon();
            throw e;
        } finally {
            writtenLines += lines(bytes, left.position());
        }
    }

    /** Begins the next file, for those who could read the one before. */
    private FileChannel next() throws IOException {
        Set<PosixFilePermission> mode = OwnFiles.mode(current());
        closeFile();
        setAside();
        FileChannel opened = open();
        OwnFiles.mode(current(), mode);
        return opened;
    }

    private Path current() {
        Path file = current;
        return file == null ? path : file;
    }

    private static int lines(byte[] bytes, int length) {
        int lines = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                lines++;
            }
        }
        return lines;
    }

    /** Returns the file as it is now: whoever looks after the folder may have moved, deleted or cut it. */
    private FileChannel opened() throws IOException {
        FileChannel open = channel;
        Path file = current;
        LockFile held = lock;
        if (open == null || file == null || held == null) {
            return open();
        }
        boolean goneWhileOpening = key.equals(GONE);
        if (goneWhileOpening || !key.equals(keyOf(file)) || !held.isInForce()) {
            closeFile();
            return open();
        }
        if (open.size() != size) {
            size = open.size();
            endTornLine(open);
            open.position(size);
            begins = true;
        }
        return open;
    }

    /** Returns what tells this file from another one of the same name; the name alone where the system has nothing better. */
    private static Object keyOf(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        } catch (NoSuchFileException gone) {
            return GONE;
        }
    }

    private FileChannel open() throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Path file = claimed();
        FileChannel opened = OwnFiles.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        boolean kept = false;
        try {
            size = opened.size();
            endTornLine(opened);
            opened.position(size);
            key = keyOf(file);
            channel = opened;
            begins = true;
            kept = true;
            return opened;
        } finally {
            if (!kept) {
                opened.close();
            }
        }
    }

    /** Returns the file that nobody else writes: the one before, if its lock still keeps others off, else the first that is free. */
    private Path claimed() throws IOException {
        LockFile held = lock;
        Path file = current;
        if (held != null && file != null && held.isInForce()) {
            return file;
        }
        release();
        for (int writer = 1; writer <= MOST_WRITERS; writer++) {
            Path candidate = writer == 1 ? path : path.resolveSibling(path.getFileName() + "-" + writer);
            LockFile locked = LockFile.tryLock(candidate).orElse(null);
            if (locked != null) {
                lock = locked;
                current = candidate;
                return candidate;
            }
        }
        throw new IOException(path + " and " + (MOST_WRITERS - 1) + " more are in use by others");
    }

    private void release() throws IOException {
        LockFile held = lock;
        lock = null;
        if (held != null) {
            held.close();
        }
    }

    /** A process that was killed, or a full disk, may have left half a line, which must not swallow the next one. */
    private void endTornLine(FileChannel opened) throws IOException {
        if (size == 0) {
            return;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        if (opened.read(last, size - 1) == 1 && last.get(0) != '\n') {
            size += opened.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
        }
    }

    private void setAside() throws IOException {
        Path file = current();
        if (maxFiles == 1) {
            Files.deleteIfExists(file);
            return;
        }
        for (int number = maxFiles - 1; number >= 1; number--) {
            Path from = number == 1 ? file : numbered(file, number - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(file, number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Path numbered(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private void abandon() {
        try {
            closeFile();
        } catch (IOException alreadyBroken) {
            channel = null;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            closeFile();
        } finally {
            release();
        }
    }

    private void closeFile() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
