package io.inferwatt.agent.instrumentation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names models by what they were loaded from. */
public final class ModelNames {

    /** Enough to tell models apart, and a millisecond of work where hashing all of a large model takes seconds. */
    private static final int HASHED_EACH_END = 1 << 20;

    private static final int HASH_CHARACTERS = 8;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    /** One scheme or several, as {@code jar:file:} has; not the one letter of a drive. */
    private static final Pattern SCHEMES = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]+:)+");

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

    /** Returns the stem of the file that a URL names. */
    public static String ofUrl(String url) {
        return ofFile(pathOf(url));
    }

    /** Returns the path of a URL and nothing else of it: users, passwords and signatures must not get into a name. */
    public static String pathOf(String url) {
        Matcher schemes = SCHEMES.matcher(url);
        String rest = schemes.lookingAt() ? url.substring(schemes.end()) : url;
        String located = before('#', before('?', rest));
        String path = located.startsWith("//") ? fromFirstSlash(located.substring(2)) : located;
        int firstSlash = path.indexOf('/');
        String first = firstSlash < 0 ? path : path.substring(0, firstSlash);
        // A host without a scheme, which some tools take as well.
        return withoutParameters(first.indexOf('@') < 0 ? path : fromFirstSlash(path));
    }

    /**
     * Returns the name of a model that a client asks for. Of long identifiers with a path, such as an ARN, that is the last part:
     * the rest tells whose it is and where, not what.
     */
    public static String ofRemote(String model) {
        return model.startsWith("arn:") ? model.substring(model.lastIndexOf('/') + 1) : model;
    }

    /** Returns whether a location names a scheme, as paths of files do not. */
    public static boolean isUrl(String location) {
        return SCHEMES.matcher(location).lookingAt();
    }

    private static String before(char end, String text) {
        int index = text.indexOf(end);
        return index < 0 ? text : text.substring(0, index);
    }

    private static String fromFirstSlash(String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? "" : text.substring(slash);
    }

    /** Removes those of a file, such as a session's id. */
    private static String withoutParameters(String path) {
        int semicolon = path.indexOf(';', path.lastIndexOf('/') + 1);
        return semicolon < 0 ? path : path.substring(0, semicolon);
    }

    /** Returns the name of a model given as text, which need not be copied for that. */
    public static String ofText(String model) {
        int size = model.length();
        int tail = Math.max(HASHED_EACH_END, size - HASHED_EACH_END);
        MessageDigest digest = sha256();
        digest.update(model.substring(0, Math.min(size, HASHED_EACH_END)).getBytes(StandardCharsets.UTF_8));
        if (tail < size) {
            digest.update(model.substring(tail).getBytes(StandardCharsets.UTF_8));
        }
        return sizeAndHash(size, digest);
    }

    private static String ofBytes(ByteBuffer bytes) {
        MessageDigest digest = sha256();
        int size = bytes.remaining();
        digest.update(bytes.slice(0, Math.min(size, HASHED_EACH_END)));
        int tail = Math.max(HASHED_EACH_END, size - HASHED_EACH_END);
        if (tail < size) {
            digest.update(bytes.slice(tail, size - tail));
        }
        return sizeAndHash(size, digest);
    }

    /** Returns size and the begin of a SHA-256 over both ends, for instance {@code 16.4MB-3fa9c1d2}. */
    private static String sizeAndHash(int size, MessageDigest digest) {
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
