package io.inferwatt.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** JVMs that start, run beside each other and are killed. */
@Timeout(120)
class TwoJvmsTest {

    @TempDir
    Path folder;

    private Path state() {
        return folder.resolve("shop.budgets");
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                BudgetJvm.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A running JVM and what it says. */
    private record Jvm(Process process, BufferedReader out) implements AutoCloseable {

        static Jvm start(List<String> command) throws IOException {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new Jvm(
                    process,
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        }

        /** Returns the first line that begins so. */
        String line(String start) throws IOException {
            List<String> others = new ArrayList<>();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(start)) {
                    return line.substring(start.length()).strip();
                }
                others.add(line);
            }
            throw new IOException("no line '" + start + "' but " + others);
        }

        void stop() throws Exception {
            process.getOutputStream().close();
            line("closed");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Test
    void jvmsAtOnce_haveAFileEach_andFindTheirConsumptionAgain() throws Exception {
        try (Jvm first = Jvm.start(java(state().toString(), "once"));
                Jvm second = Jvm.start(java(state().toString(), "once"))) {
            assertThat(List.of(first.line("written in"), second.line("written in")))
                    .containsExactlyInAnyOrder("shop.budgets", "shop.budgets.2");
            first.stop();
            second.stop();
        }
        try (Jvm first = Jvm.start(java(state().toString(), "once"));
                Jvm second = Jvm.start(java(state().toString(), "once"))) {
            assertThat(first.line("consumed")).isEqualTo("1.0");
            assertThat(second.line("consumed")).isEqualTo("1.0");
        }
    }

    @Test
    void jvmThatIsKilled_givesItsFileUp() throws Exception {
        try (Jvm killed = Jvm.start(java(state().toString(), "once"))) {
            assertThat(killed.line("written in")).isEqualTo("shop.budgets");
            killed.process().destroyForcibly().waitFor();
        }
        try (StateFile file = StateFile.open(state(), false, Clock.systemUTC(), line -> {})) {
            assertThat(file.path()).isEqualTo(state());
        }
    }

    @Test
    void jvmThatIsKilledWhileItWrites_leavesAWholeState() throws Exception {
        List<String> warnings = new ArrayList<>();
        for (int round = 1; round <= 5; round++) {
            double told;
            try (Jvm killed = Jvm.start(java(state().toString(), "always"))) {
                for (int i = 0; i < 37 * round; i++) {
                    killed.line("written in");
                }
                killed.process().toHandle().destroyForcibly(); // unlike the process it leaves what was said to be read
                told = lastCharged(killed);
            }
            try (StateFile file = StateFile.open(state(), false, Clock.systemUTC(), warnings::add)) {
                List<SavedBudget> kept = file.read();
                assertThat(kept).hasSize(1);
                double consumed = kept.get(0).amounts().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                assertThat(consumed).isGreaterThanOrEqualTo(Math.max(37 * round, told - 1));
            }
        }
        assertThat(warnings).isEmpty();
    }

    /** What it had charged when it was killed; all but the last was written. */
    private static double lastCharged(Jvm killed) throws IOException {
        double charged = 0;
        for (String line = killed.out().readLine();
                line != null;
                line = killed.out().readLine()) {
            if (line.startsWith("charged ") && line.endsWith(".0")) {
                charged = Double.parseDouble(line.substring("charged ".length()));
            }
        }
        return charged;
    }

    /** A limit of 0 bytes for each file, since a full disk cannot be had: the write fails in the same place. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the shell limits the size of files, which Windows cannot")
    void diskThatTakesNoByte_isToldOnce_andLeavesTheOlderState() throws Exception {
        try (Jvm before = Jvm.start(java(state().toString(), "once"))) {
            before.line("written in");
            before.stop();
        }
        String kept = Files.readString(state());
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 0; exec \"$@\"", "sh"));
        command.addAll(java(state().toString(), "once"));
        try (Jvm full = Jvm.start(command)) {
            assertThat(full.line("consumed")).isEqualTo("1.0");
            assertThat(full.line("state of budgets")).startsWith(state() + " cannot be written: ");
            assertThat(full.line("failures")).isEqualTo("1");
            full.stop();
        }
        assertThat(state()).hasContent(kept);
    }
}
