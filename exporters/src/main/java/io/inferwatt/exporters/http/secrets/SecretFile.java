package io.inferwatt.exporters.http.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small text file that others should not read.
 *
 * @param key the setting that names it, for messages
 */
public record SecretFile(String key, Path path) {

    private static final int LONGEST_BYTES = 256 * 1024;

    /**
     * Returns the text, read as Latin-1 so that no byte is an error.
     *
     * @throws BadSecretException if it cannot be read or is far too long
     */
    public String text() throws BadSecretException {
        if (!Files.isRegularFile(path)) {
            throw bad(Files.exists(path) ? "is no file" : "does not exist");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LONGEST_BYTES + 1);
            if (bytes.length > LONGEST_BYTES) {
                throw bad("has more than " + LONGEST_BYTES / 1024 + " KiB");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw bad("does not exist");
        } catch (IOException e) {
            throw bad("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /**
     * Returns the lines that hold something, comments after {@code #} left out.
     *
     * @throws BadSecretException if the file cannot be read
     */
    public List<String> entries() throws BadSecretException {
        List<String> entries = new ArrayList<>();
        text().lines().forEach(line -> {
            String entry = line.strip();
            if (!entry.isEmpty() && entry.charAt(0) != '#') {
                entries.add(entry);
            }
        });
        return entries;
    }

    /** Returns a line for people if every user of this machine may read the file; empty where nobody can tell. */
    public Optional<String> exposure() {
        try {
            return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)
                    ? Optional.of(key + ": " + path
                            + " can be read by every user of this machine; it is used as it is; chmod o-r ends that")
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** Returns the exception that says what is wrong with this file. */
    public BadSecretException bad(String what) {
        return new BadSecretException(key + ": " + path + " " + what);
    }

    /** Returns a text that changes when the file is replaced or written, as a mounted secret is by renaming a link. */
    String signature() {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return file.lastModifiedTime().toMillis() + " " + file.size() + " " + file.fileKey();
        } catch (IOException e) {
            return "absent";
        }
    }
}
