package io.inferwatt.it.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.it.jvm.AgentRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The dashboards and rules that the packaged jar writes. */
final class JarFiles {

    private JarFiles() {}

    /** Has the jar write into a folder of that name, and returns it. */
    static Path written(String command, Path parent) throws Exception {
        Path folder = parent.resolve(command);
        try (AgentRun run =
                AgentRun.java(AgentRun.javas().get(0), "-jar", AgentRun.JAR.toString(), command, folder.toString())) {
            assertThat(run.exitCode()).as(String.join("\n", run.err())).isZero();
        }
        return folder;
    }

    /** Returns the rule files that Prometheus itself reads: neither the manifest of the operator nor the example of Alertmanager. */
    static List<Path> rules(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().startsWith("inferwatt-"))
                    .filter(file -> !file.toString().endsWith("prometheusrule.yml"))
                    .sorted()
                    .toList();
        }
    }

    /** Writes rule files again whose long windows are put together from pieces of five seconds, since nobody waits for five minutes. */
    static List<Path> hasty(List<Path> files, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> hasty = new ArrayList<>();
        for (Path file : files) {
            hasty.add(Files.writeString(
                    folder.resolve(file.getFileName()), Files.readString(file).replace(":5m]", ":5s]")));
        }
        return hasty;
    }

    /**
     * Writes a rule file again with windows of seconds in the place of minutes, hours and days; expressions, thresholds and texts stay.
     *
     * @param windows what becomes of each window, such as {@code 5m}; one of the file that is missing there fails
     * @param patience what becomes of every {@code for}
     */
    static Path shortened(Path file, Path target, Map<String, String> windows, String patience) throws IOException {
        String text = Files.readString(file);
        for (Map.Entry<String, String> window : windows.entrySet()) {
            text = text.replace("[" + window.getKey() + "]", "[" + window.getValue() + "]");
        }
        assertThat(text).doesNotContainPattern("\\[\\d+[mhdw][\\]:]").containsPattern("\\[\\d+s]");
        List<String> lines = text.lines()
                .map(line -> line.strip().startsWith("for: ")
                        ? line.substring(0, line.indexOf("for: ")) + "for: " + patience
                        : line)
                .toList();
        return Files.write(target, lines);
    }
}
