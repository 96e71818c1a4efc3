package io.inferwatt.agent.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;

/** A folder that a command fills with files, saying of each whether it is new, replaced or was the same already. */
final class WrittenFiles {

    /** Exit code where a file could not be written. */
    static final int NOT_WRITTEN = 1;

    private final String command;
    private final Path folder;

    private WrittenFiles(String command, Path folder) {
        this.command = command;
        this.folder = folder;
    }

    static WrittenFiles in(String command, String folder) throws MisunderstoodException {
        try {
            return new WrittenFiles(command, Path.of(folder).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw new MisunderstoodException(command + ": '" + folder + "' is no path: " + e.getReason());
        }
    }

    Path folder() {
        return folder;
    }

    /** Returns whether all could be written; otherwise one line has said which one could not. */
    boolean write(Map<String, String> texts, PrintStream out, PrintStream err) {
        for (Map.Entry<String, String> each : texts.entrySet()) {
            Path file = folder.resolve(each.getKey());
            try {
                out.println(write(file, each.getValue().getBytes(StandardCharsets.UTF_8)) + " " + file);
            } catch (IOException e) {
                err.println("inferwatt: " + command + ": cannot write " + file + " (" + e + ")");
                return false;
            }
        }
        return true;
    }

    private static String write(Path file, byte[] bytes) throws IOException {
        boolean old = Files.exists(file);
        if (old && Files.size(file) == bytes.length && Arrays.equals(Files.readAllBytes(file), bytes)) {
            return "unchanged";
        }
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        replace(old ? file.toRealPath() : file, bytes, old);
        return old ? "replaced " : "written  ";
    }

    /** Whoever reads meanwhile, such as a Prometheus that reloads its rules, sees the old file or the new one, never a part. */
    private static void replace(Path file, byte[] bytes, boolean old) throws IOException {
        // Neither Prometheus' pattern for rules nor Grafana's for dashboards takes this name.
        Path next = file.resolveSibling("." + file.getFileName() + ".next");
        try {
            if (old) {
                // For the rights that somebody has given to it.
                Files.copy(file, next, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.write(next, bytes);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
