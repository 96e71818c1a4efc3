package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            measure            | unknown command: measure
            version now        | version: takes no options: now
            doctor --jsno      | doctor: unknown option '--jsno'; allowed: --json, --seconds N
            doctor --seconds   | doctor: --seconds '' is not understood; allowed: a number from 0.5 to 60
            doctor --seconds=x | doctor: --seconds 'x' is not understood; allowed: a number from 0.5 to 60
            doctor --seconds 0.4  | doctor: --seconds '0.4' is not understood; allowed: a number from 0.5 to 60
            doctor --seconds 60.1 | doctor: --seconds '60.1' is not understood; allowed: a number from 0.5 to 60
            doctor --seconds -1   | doctor: --seconds '-1' is not understood; allowed: a number from 0.5 to 60
            password           | password: one name of a user is needed, without ':', '#' or blanks; the password is read from standard input
            password a:b       | password: one name of a user is needed, without ':', '#' or blanks; the password is read from standard input
            password a secret  | password: one name of a user is needed, without ':', '#' or blanks; the password is read from standard input
            doctor --seconds NaN  | doctor: --seconds 'NaN' is not understood; allowed: a number from 0.5 to 60
            """)
    void words_thatMakeNoSense_areAnsweredWithOneLineTheUsageAndExitCode2(String words, String line) {
        Terminal terminal = new Terminal();

        assertThat(terminal.run(words.split(" ", -1))).isEqualTo(CommandLine.USAGE_ERROR);

        assertThat(terminal.err()).startsWith("inferwatt: " + line + System.lineSeparator() + "Usage:");
        assertThat(terminal.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"help", "--help", "-h", "doctor --help", "doctor --json -h"})
    void help_isTheUsageOnStandardOutput(String words) {
        Terminal terminal = new Terminal();

        assertThat(terminal.run(words.split(" ", -1))).isZero();

        assertThat(terminal.out()).startsWith("Usage:").contains("--json", "--seconds N", "exit code 1");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void noWords_areHelp() {
        Terminal terminal = new Terminal();

        assertThat(terminal.run()).isZero();

        assertThat(terminal.out()).startsWith("Usage:");
    }

    @Test
    void readerThatGoesAway_isNoError() {
        PrintStream gone = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                false,
                StandardCharsets.UTF_8);

        int exitCode = new CommandLine(
                        InputStream.nullInputStream(), gone, gone, StandardCharsets.UTF_8, Map.of(), Map.of())
                .applyAsInt(new String[] {"help"});

        assertThat(exitCode).isZero();
        assertThat(gone.checkError()).isTrue();
    }
}
