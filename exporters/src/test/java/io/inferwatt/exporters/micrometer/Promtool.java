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

/** Prometheus' own checker; tests that need it are skipped where it is not installed, and say so. */
final class Promtool {

    private static final String MISSING = "promtool is not on the PATH (Debian package prometheus)";

    private Promtool() {}

    /** Returns what a run that must succeed says. */
    static String run(String input, String... arguments) throws Exception {
        Path promtool = onPath();
        if (promtool == null) {
            System.err.println("skipped: " + MISSING);
        }
        Assumptions.assumeTrue(promtool != null, MISSING);
        List<String> command = new ArrayList<>(List.of(promtool.toString()));
        command.addAll(List.of(arguments));
        Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = check.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String says = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(check.exitValue()).as(says).isZero();
        return says;
    }

    private static Path onPath() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            Path candidate = Path.of(folder, "promtool");
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
