package io.inferwatt.core.config;

import io.inferwatt.core.input.FewLines;
import io.inferwatt.core.input.SmallFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Reads the properties file, UTF-8, keys with or without prefix. */
final class ConfigFile {

    /** A file of all keys is under 4 KiB; the limit keeps a mistaken path from filling the heap. */
    private static final int MAX_BYTES = 1 << 20;

    private ConfigFile() {}

    static List<Assignment> read(Path file, String origin, FewLines problems) {
        Properties properties = new Properties();
        try {
            String problem = firstLook(file);
            if (problem != null) {
                return unusable(file, origin, problem, problems);
            }
            properties.load(new StringReader(SmallFile.text(file, MAX_BYTES)));
        } catch (CharacterCodingException e) {
            return unusable(file, origin, "is not UTF-8", problems);
        } catch (IOException | SecurityException e) {
            return unusable(file, origin, "cannot be read", problems);
        } catch (IllegalArgumentException e) {
            return unusable(
                    file,
                    origin,
                    "is not a properties file (" + Assignment.oneLine(String.valueOf(e.getMessage())) + ")",
                    problems);
        }
        List<Assignment> written = new ArrayList<>();
        for (String name : properties.stringPropertyNames().stream().sorted().toList()) {
            String key = AgentArguments.withoutPrefix(name.strip());
            Assignment assignment = new Assignment(
                    key, properties.getProperty(name).strip(), "file " + Assignment.oneLine(file.toString()));
            if (key.equals(SettingKeys.CONFIG_FILE.name())) {
                problems.add("config.file: " + assignment.shownText() + " (" + assignment.origin()
                        + ") is ignored; allowed as agent argument, system property or environment variable only");
            } else {
                written.add(assignment);
            }
        }
        return written;
    }

    /** A pipe or device is refused unread: opening one could wait for ever, and the application with us. */
    private static @Nullable String firstLook(Path file) throws IOException {
        if (Files.notExists(file)) {
            return "does not exist";
        }
        if (!Files.isRegularFile(file)) {
            return "is not a regular file";
        }
        return Files.size(file) > MAX_BYTES ? "is larger than 1 MiB" : null;
    }

    private static List<Assignment> unusable(Path file, String origin, String reason, FewLines problems) {
        problems.add("config.file: " + Assignment.quoted(file.toString()) + " (" + origin + ") " + reason
                + "; allowed is a readable properties file in UTF-8; the defaults are used instead of its settings");
        return List.of();
    }
}
