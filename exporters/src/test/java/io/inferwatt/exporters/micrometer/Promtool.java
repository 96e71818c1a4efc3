package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The checkers of Prometheus and Alertmanager; tests that need one are skipped where it is not installed, and say so. */
public final class Promtool {

    private Promtool() {}

    /** Returns what a run that must succeed says. */
    public static String run(String input, String... arguments) throws Exception {
        Answer answer = ask(input, arguments);
        assertThat(answer.exitCode()).as(answer.says()).isZero();
        return answer.says();
    }

    /** What a run says, and how it ends. */
    public record Answer(int exitCode, String says) {}

    public static Answer ask(String input, String... arguments) throws Exception {
        return ask("promtool", "prometheus", input, arguments);
    }

    /** Returns what Alertmanager's own tool says in a run that must succeed. */
    public static String amtool(String... arguments) throws Exception {
        Answer answer = ask("amtool", "prometheus-alertmanager", "", arguments);
        assertThat(answer.exitCode()).as(answer.says()).isZero();
        return answer.says();
    }

    private static Answer ask(String tool, String debianPackage, String input, String... arguments) throws Exception {
        Path file = onPath(tool);
        String missing = tool + " is not on the PATH (Debian package " + debianPackage + ")";
        if (file == null) {
            System.err.println("skipped: " + missing);
        }
        Assumptions.assumeTrue(file != null, missing);
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = check.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String says = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Answer(check.exitValue(), says);
    }

    private static Path onPath(String tool) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            Path candidate = Path.of(folder, tool);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
