package io.inferwatt.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own checker. */
public final class Promtool {

    private Promtool() {}

    /** Returns what a run that must succeed says; skips the test where promtool is not installed. */
    public static String run(String input, String... arguments) throws Exception {
        Servers.assumeInstalled(RealServer.PROMTOOL);
        List<String> command =
                new ArrayList<>(List.of(RealServer.PROMTOOL.path().orElseThrow().toString()));
        command.addAll(List.of(arguments));
        Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = check.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String says = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(says).isZero();
        return says;
    }
}
