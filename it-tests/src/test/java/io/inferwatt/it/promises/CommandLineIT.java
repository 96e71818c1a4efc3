package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.it.jvm.AgentRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineIT {

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void version_isPrinted(Path java) throws Exception {
        try (AgentRun run = command(java, "version")) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).hasSize(1).first().asString().matches("inferwatt \\d+\\.\\d+\\.\\d+.*");
            assertThat(run.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void doctor_namesMachineSourcesAndBadSettings(Path java) throws Exception {
        try (AgentRun run =
                AgentRun.java(java, "-Dinferwatt.http.port=many", "-jar", AgentRun.JAR.toString(), "doctor")) {
            assertThat(run.exitCode()).isZero();
            assertThat(String.join("\n", run.out()))
                    .contains("hardware threads", "model", "carbon.zone", "http.port", "many");
        }
    }

    /** Whatever is logged inside, however much, goes to standard error. */
    @ParameterizedTest
    @MethodSource("javas")
    void doctorJson_isAllThatIsOnStandardOutput(Path java) throws Exception {
        try (AgentRun run = AgentRun.java(
                java,
                "-Dinferwatt.log.level=debug",
                "-jar",
                AgentRun.JAR.toString(),
                "doctor",
                "--json",
                "--seconds",
                "0.5")) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("{", "  \"schema_version\": 1,").endsWith("}");
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void doctor_whereNoSourceWorks_endsWith1(Path java) throws Exception {
        try (AgentRun run = AgentRun.java(
                java,
                "-Dinferwatt.energy.sources=rapl",
                "-Dinferwatt.energy.powercap.root=no-such-folder",
                "-jar",
                AgentRun.JAR.toString(),
                "doctor",
                "--seconds=0.5")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(String.join("\n", run.out())).contains("Nothing can be measured", "no-such-folder");
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void unknownCommand_isAnsweredWithTheUsageAndExitCode2(Path java) throws Exception {
        try (AgentRun run = command(java, "measure")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(String.join("\n", run.err())).contains("unknown command: measure", "Usage:", "doctor");
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void dashboardsAndRules_areWrittenFromThePackagedJar(Path java, @TempDir Path folder) throws Exception {
        for (String command : List.of("dashboards", "rules")) {
            try (AgentRun run = AgentRun.java(java, "-jar", AgentRun.JAR.toString(), command, folder.toString())) {
                assertThat(run.exitCode()).isZero();
                assertThat(run.out())
                        .filteredOn(line -> line.startsWith("written "))
                        .hasSize(7);
                assertThat(run.err()).isEmpty();
            }
        }
        assertThat(folder.resolve("inferwatt-overview.json")).content().contains("\"uid\": \"inferwatt-overview\"");
        assertThat(folder.resolve("inferwatt-meter.yml")).content().contains("InferwattNoMeter");
    }

    private static AgentRun command(Path java, String command) throws Exception {
        return AgentRun.java(java, "-jar", AgentRun.JAR.toString(), command);
    }
}
