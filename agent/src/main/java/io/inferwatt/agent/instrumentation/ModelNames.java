package io.inferwatt.agent.instrumentation;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names models by what they were loaded from. */
public final class ModelNames {

    /** Enough to tell models apart, and a millisecond of work where hashing all of a large model takes seconds. */
    private static final int HASHED_EACH_END = 1 << 20;

    private static final int HASH_CHARACTERS = 8;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private ModelNames() {}

    /** Returns a name for a model given as a path or as bytes; {@link LibraryCalls#UNNAMED} for anything else. */
    public static String of(@Nullable Object source) {
        if (source instanceof String path) {
            return ofFile(path);
        }
        if (source instanceof Path path) {
            return ofFile(path.toString());
        }
        if (source instanceof byte[] bytes) {
            return ofBytes(ByteBuffer.wrap(bytes));
        }
        if (source instanceof ByteBuffer buffer) {
            return ofBytes(buffer.duplicate().rewind());
        }
        return LibraryCalls.UNNAMED;
    }

    /** Returns the file's name without its last extension. */
    public static String ofFile(String path) {
        String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        int dot = file.lastIndexOf('.');
        String stem = dot > 0 ? file.substring(0, dot) : file;
        return stem.isBlank() ? LibraryCalls.UNNAMED : stem;
    }

    /** Returns size and the begin of a SHA-256 over both ends of the bytes, for instance {@code 16.4MB-3fa9c1d2}. */
    private static String ofBytes(ByteBuffer bytes) {
        MessageDigest digest = sha256();
        int size = bytes.remaining();
        digest.update(bytes.slice(0, Math.min(size, HASHED_EACH_END)));
        int tail = Math.max(HASHED_EACH_END, size - HASHED_EACH_END);
        if (tail < size) {
            digest.update(bytes.slice(tail, size - tail));
        }
        String hash = HexFormat.of().formatHex(digest.digest()).substring(0, HASH_CHARACTERS);
        return String.format(Locale.ROOT, "%.1fMB-%s", size / BYTES_PER_MEGABYTE, hash);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
