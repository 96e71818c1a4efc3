package io.inferwatt.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.config.InferwattConfig.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLogTest {

    private final ByteArrayOutputStream standardError = new ByteArrayOutputStream();
    private final AgentLog log = new AgentLog(new PrintStream(standardError, true, StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    @Test
    void write_makesOneLineOfAnEvent() {
        log.write(LogLevel.WARN, "first\nsecond");

        assertThat(lines()).isEqualTo("inferwatt: WARN first second\n");
    }

    @Test
    void write_whateverIsInIt_movesNoCursorAndComesToAnEnd() {
        log.write(LogLevel.WARN, "a\u001b[2J\u202eb\u2028" + "x".repeat(100_000));

        assertThat(lines())
                .startsWith("inferwatt: WARN a?[2J?b?xxx")
                .hasSizeLessThan(5000)
                .endsWith("...\n");
    }

    @Test
    void write_belowTheLevel_isDropped() {
        log.apply(new InferwattConfig.Log(LogLevel.WARN, Optional.empty()));
        log.write(LogLevel.INFO, "healthy");
        log.apply(new InferwattConfig.Log(LogLevel.OFF, Optional.empty()));
        log.write(LogLevel.WARN, "ill");

        assertThat(lines()).isEmpty();
    }

    @Test
    void write_withAFile_appendsToItWithTheTime() throws IOException {
        Path file = Files.writeString(folder.resolve("agent.log"), "before\n");
        log.apply(new InferwattConfig.Log(LogLevel.INFO, Optional.of(file)));
        log.write(LogLevel.INFO, "healthy");

        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().matches("20\\S+Z inferwatt: INFO healthy");
        assertThat(lines()).isEmpty();
    }

    @Test
    void apply_withAFileThatCannotBeWritten_warnsAndKeepsStandardError() {
        log.apply(new InferwattConfig.Log(LogLevel.INFO, Optional.of(folder.resolve("missing/agent.log"))));
        log.write(LogLevel.INFO, "healthy");

        assertThat(lines().lines().toList()).hasSize(2);
        assertThat(lines()).contains("log.file", "missing", "healthy");
    }

    @Test
    void write_afterTheFileHasBecomeUnwritable_usesStandardErrorUntilItIsWritableAgain() throws IOException {
        Path file = folder.resolve("sub/agent.log");
        Files.createDirectory(file.getParent());
        log.apply(new InferwattConfig.Log(LogLevel.INFO, Optional.of(file)));
        Files.delete(file);
        Files.delete(file.getParent());
        log.write(LogLevel.INFO, "one");
        log.write(LogLevel.INFO, "two");
        Files.createDirectory(file.getParent());
        log.write(LogLevel.INFO, "three");

        assertThat(lines().lines().toList())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("inferwatt: WARN log.file " + file + " takes no lines (");
        assertThat(lines()).contains("one", "two").doesNotContain("three");
        assertThat(Files.readString(file)).contains("three");
    }

    @Test
    void write_ofAThreadThatIsInterrupted_reachesTheFileAndLeavesTheInterrupt() throws IOException {
        Path file = folder.resolve("agent.log");
        log.apply(new InferwattConfig.Log(LogLevel.INFO, Optional.of(file)));
        Thread.currentThread().interrupt();
        log.write(LogLevel.INFO, "one");
        boolean interrupted = Thread.interrupted();
        log.write(LogLevel.INFO, "two");

        assertThat(interrupted).isTrue();
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(lines()).isEmpty();
    }

    @Test
    void write_toAPipeThatNobodyReadsAnyMore_usesStandardErrorAndDoesNotWait() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process reader = new ProcessBuilder("head", "-n", "1", pipe.toString()).start();
        log.apply(new InferwattConfig.Log(LogLevel.INFO, Optional.of(pipe)));
        log.write(LogLevel.INFO, "one");
        assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("inferwatt: INFO one\n");
        reader.waitFor();
        log.write(LogLevel.INFO, "two");

        assertThat(lines()).contains("takes no lines", "two").doesNotContain("one");
    }

    private String lines() {
        return standardError.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
