package io.inferwatt.core.footprint.live;

import io.inferwatt.core.footprint.live.FeedException.Kind;
import io.inferwatt.core.input.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a feed's key is. It is read anew each time, so that one which is replaced counts at once, and never kept, printed or put into a
 * message.
 */
public final class FeedKey {

    /** The variable that holds the key where no file does. */
    public static final String VARIABLE = "INFERWATT_CARBON_KEY";

    private static final String NO_KEY =
            "there is no key; set carbon.key_file to a file with it, or the variable " + VARIABLE;
    private static final int LONGEST = 10_000;

    private final Optional<Path> file;
    private final Map<String, String> environment;

    public FeedKey(Optional<Path> file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /**
     * Checks that there is a place to read one from, whatever is there now.
     *
     * @throws FeedException of kind {@link Kind#SETTINGS} if there is none
     */
    public void require() throws FeedException {
        if (file.isEmpty() && environment.getOrDefault(VARIABLE, "").isBlank()) {
            throw new FeedException(Kind.SETTINGS, NO_KEY);
        }
    }

    /**
     * Reads the key.
     *
     * @throws FeedException of kind {@link Kind#KEY} if there is none, or none that can stand in a header
     */
    public String read() throws FeedException {
        String key = file.isPresent()
                ? read(file.get())
                : environment.getOrDefault(VARIABLE, "").strip();
        if (key.isEmpty()) {
            throw new FeedException(
                    Kind.KEY, file.isPresent() ? "the file that carbon.key_file names is empty" : NO_KEY);
        }
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) < ' ' || key.charAt(i) > '~') {
                throw new FeedException(
                        Kind.KEY,
                        "the key is more than one line, or has a character that no key has; check " + where());
            }
        }
        return key;
    }

    private static String read(Path file) throws FeedException {
        try {
            if (Files.size(file) > LONGEST) {
                throw new FeedException(Kind.KEY, "carbon.key_file: " + file + " is too large for a key");
            }
            return new String(SmallFile.bytes(file, LONGEST), StandardCharsets.UTF_8).strip();
        } catch (IOException | SecurityException e) {
            throw new FeedException(
                    Kind.KEY,
                    "carbon.key_file: " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + ")");
        }
    }

    /** Returns the place for a person. */
    public String where() {
        return file.isPresent() ? "the file that carbon.key_file names" : "the variable " + VARIABLE;
    }

    @Override
    public String toString() {
        return "a key in " + where();
    }
}
