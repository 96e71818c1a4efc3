package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.it.app.ConfiguredLogging;
import io.inferwatt.it.app.Echo;
import io.inferwatt.it.app.LateLogging;
import io.inferwatt.it.app.Surroundings;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Answers;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.SelfSigned;
import io.inferwatt.it.jvm.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the agent must leave as it is. */
class HostIsUntouchedIT {

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void propertiesThreadsStreamsAndHandlers_areThoseOfARunWithoutTheAgent(Path java) throws Exception {
        List<String> without;
        try (AgentRun run = Launch.of(java).main(Surroundings.class)) {
            assertThat(run.exitCode()).isZero();
            without = List.copyOf(run.out());
        }
        int port = Launch.freePort();
        try (AgentRun run =
                Launch.of(java).agent("log.level=warn", "http.port=" + port).main(Surroundings.class)) {
            Endpoint.at(port).await("joules", page -> page.read("cpu") > 0);
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo(without).contains("threads that hold the JVM [main]");
            assertThat(run.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void logManagerOfTheApplication_isLoadedByTheApplicationEvenIfItComesLate(Path java) throws Exception {
        Path hidden = Sources.in(folder)
                .add("OwnLogManager.java", "public class OwnLogManager extends java.util.logging.LogManager {}")
                .compile();
        assertLogsAlone(java, hidden);
    }

    private static void assertLogsAlone(Path java, Path hidden) throws Exception {
        int port = Launch.freePort();
        try (AgentRun run = Launch.of(java)
                .option("-Djava.util.logging.manager=OwnLogManager")
                .agent("log.level=warn", "http.port=" + port)
                .main(LateLogging.class, hidden.toString())) {
            Endpoint.at(port).await("joules", page -> page.read("cpu") > 0);
            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .containsExactly(
                            "ready",
                            "manager OwnLogManager",
                            "INFO shop by java.util.logging",
                            "WARNING shop by System.Logger");
            assertThat(run.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void loggingThatTlsOfTheEndpointBegins_isThatOfTheApplication(Path java) throws Exception {
        SelfSigned made = SelfSigned.in(folder);
        assertLoggingIsTheApplications(
                java, "http.port=0", "http.tls.certificate=" + made.certificate(), "http.tls.key=" + made.key());
    }

    /** Nobody answers there; the JDK reads its certificates all the same. */
    @ParameterizedTest
    @MethodSource("javas")
    void loggingThatPushingOverHttpsBegins_isThatOfTheApplication(Path java) throws Exception {
        String url = "https://127.0.0.1:" + Launch.freePort() + "/api/v1/write";
        assertLoggingIsTheApplications(java, "http.enabled=false", "export.remote_write.url=" + url);
    }

    private void assertLoggingIsTheApplications(Path java, String... settings) throws Exception {
        Path properties = Files.writeString(folder.resolve("logging.properties"), ".level=INFO\n");
        try (AgentRun run = Launch.of(java)
                .option(
                        "-Djava.util.logging.config.file=" + properties,
                        "-Djava.util.logging.manager=" + ConfiguredLogging.TellingManager.class.getName())
                .agent(settings)
                .main(ConfiguredLogging.class)) {
            run.awaitErr("is metering");
            run.awaitOut("logging begins");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).containsExactly("ready", "logging begins in main, classes of the application");
            assertThat(run.err()).noneMatch(line -> line.contains("LogManager") || line.contains("Logmanager"));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void exitCodeAndEndOfTheApplication_areItsOwn(Path java) throws Exception {
        try (AgentRun run = Launch.of(java).agent("http.port=0").main(Echo.class)) {
            String start = run.awaitErr("is metering");
            run.say("exit 3");
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out()).containsExactly("ready");
            assertThat(run.err()).containsExactly(start);
        }
        try (AgentRun run = Launch.of(java).agent("http.port=0").main(Echo.class)) {
            String start = run.awaitErr("is metering");
            run.say("leave");
            run.awaitEnd();
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).containsExactly(start);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void exceptionThatEndsTheApplication_isReportedAsWithoutTheAgent(Path java) throws Exception {
        int port = Launch.freePort();
        try (AgentRun run =
                Launch.of(java).agent("log.level=warn", "http.port=" + port).main(Echo.class)) {
            Endpoint.at(port);
            run.say("exit now");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .first()
                    .isEqualTo(
                            "Exception in thread \"main\" java.lang.NumberFormatException: For input string: \"now\"");
            assertThat(run.err()).noneMatch(line -> line.contains("inferwatt: "));
        }
    }

    /** Both flags make JDK 24 and newer refuse what an agent may be tempted to do; older ones do not know them. */
    @ParameterizedTest
    @MethodSource("javas")
    void javaThatDeniesNativeAndUnsafeAccess_isHealthy(Path java) throws Exception {
        Launch launch = Launch.of(java);
        if (AgentRun.release(java) >= 24) {
            launch.option("--illegal-native-access=deny", "--sun-misc-unsafe-memory-access=deny");
        } else {
            System.out.println(java + " has no --illegal-native-access: checked without");
        }
        int port = Launch.freePort();
        try (AgentRun run = launch.agent("log.level=warn", "http.port=" + port).main(Echo.class)) {
            Endpoint.at(port).await("joules", page -> page.read("cpu") > 0);
            Answers.assertUnchanged(run);
        }
    }
}
