package io.inferwatt.core.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads files that should be small, whatever they turn out to be. A pipe or device is refused unopened, since opening one may wait for
 * ever, and of a larger file no more than the limit gets into memory.
 */
public final class SmallFile {

    /** What the kernel shows in one file of {@code /sys}, a page. */
    private static final int MOST_BYTES_OF_WORD = 4096;

    private static final int MOST_CHARACTERS_OF_WORD = 120;

    private SmallFile() {}

    /**
     * Returns what is in a regular file.
     *
     * @param most bytes that are allowed
     * @throws IOException if it is none, cannot be read or is larger
     */
    public static byte[] bytes(Path file, int most) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw Files.notExists(file)
                    ? new NoSuchFileException(file.toString())
                    : new FileSystemException(file.toString(), null, "is no regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new FileSystemException(file.toString(), null, "is larger than " + most + " bytes");
            }
            return bytes;
        }
    }

    /**
     * As {@link #bytes}, read as UTF-8.
     *
     * @throws CharacterCodingException if it is no UTF-8
     */
    public static String text(Path file, int most) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(file, most)))
                .toString();
    }

    /** Returns the text of a file of the kernel's, on one line and without white space around it; null if it cannot be read. */
    public static @Nullable String word(Path file) {
        try {
            return readWord(file);
        } catch (IOException unreadable) {
            return null;
        }
    }

    /**
     * As {@link #word}.
     *
     * @throws IOException if it cannot be read, which says why
     */
    public static String readWord(Path file) throws IOException {
        return OneLine.of(text(file, MOST_BYTES_OF_WORD).strip(), MOST_CHARACTERS_OF_WORD);
    }
}
