package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.Mangler;
import io.inferwatt.core.fuzz.OneLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Words behind the jar, damaged: an exit code, and on standard error one clear line before the usage. */
@Timeout(3600)
class HostileWordsTest {

    @TempDir
    Path folder;

    @Test
    void commandLine() {
        ByteArrayOutputStream help = new ByteArrayOutputStream();
        assertThat(commandLine(help, new ByteArrayOutputStream()).applyAsInt(new String[] {"help"}))
                .isZero();
        String usage = help.toString(StandardCharsets.UTF_8);
        Fuzz.of("words of the command line", 1000).run(mangler -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exitCode = commandLine(out, err).applyAsInt(words(mangler));
            assertThat(exitCode).isBetween(0, 2);
            String told = err.toString(StandardCharsets.UTF_8);
            if (told.endsWith(usage)) {
                told = told.substring(0, told.length() - usage.length());
            }
            if (exitCode == 0) {
                assertThat(told).isEmpty();
            } else {
                assertThat(told).endsWith(System.lineSeparator());
                OneLine.check(
                        told.substring(0, told.length() - System.lineSeparator().length()));
            }
        });
    }

    private static CommandLine commandLine(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new CommandLine(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                Map.of(),
                Map.of());
    }

    /** Nothing that would be written or asked: records that do not exist, and times. */
    private String[] words(Mangler mangler) {
        if (mangler.onceIn(4)) {
            return new String[] {mangler.text("version"), mangler.text("--x")};
        }
        List<String> words = new ArrayList<>(
                List.of("report", "--from", folder.resolve("none").toString()));
        words.add(mangler.oneOf("--since", "--until", "--format", "--selector", mangler.text("--since")));
        words.add(mangler.text(mangler.oneOf("2026-11-30T10:00:00Z", "2026-11-30", "90m", "html", "job=\"shop\"")));
        return words.toArray(new String[0]);
    }
}
