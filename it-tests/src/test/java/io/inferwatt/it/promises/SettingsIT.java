package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.it.app.Echo;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Answers;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that cannot be had. */
class SettingsIT {

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void agent_thatIsHealthy_saysNothingBelowInfo(Path java) throws Exception {
        int port = Launch.freePort();
        try (AgentRun run =
                Launch.of(java).agent("log.level=warn", "http.port=" + port).main(Echo.class)) {
            Endpoint.at(port).await("joules", page -> page.read("cpu") > 0);
            Answers.assertUnchanged(run);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void portZero_isAnyFreeOneAndTheStartLineTellsWhich(Path java) throws Exception {
        try (AgentRun run = Launch.of(java).agent("http.port=0").main(Echo.class)) {
            Endpoint.of(run).await("joules", page -> page.read("cpu") > 0);
            String start = run.awaitErr("metrics at ");
            assertThat(start)
                    .matches("inferwatt: INFO \\S+ is metering, energy from \\S+, CO2e with the world average, "
                            + "metrics at http://127\\.0\\.0\\.1:[1-9]\\d*/metrics");
            Answers.assertUnchanged(run, start);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void portInUse_isToldInOneLine(Path java) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                AgentRun run = Launch.of(java)
                        .agent("http.port=" + taken.getLocalPort())
                        .main(Echo.class)) {
            String start = run.awaitErr("is metering");
            assertThat(start).endsWith(", no endpoint");
            Answers.assertUnchanged(
                    run,
                    "inferwatt: WARN http.port: cannot listen on port " + taken.getLocalPort()
                            + " (Address already in use); no metrics are served; allowed: a free port, or 0 for any;"
                            + " it is tried again until that works",
                    start);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void portThatBecomesFree_isOpened(Path java) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                AgentRun run = Launch.of(java)
                        .agent("http.port=" + taken.getLocalPort())
                        .main(Echo.class)) {
            String refused = run.awaitErr("cannot listen");
            String start = run.awaitErr("is metering");
            taken.close();
            String open = run.awaitErr("is free now");
            assertThat(open)
                    .isEqualTo("inferwatt: INFO http.port: port " + taken.getLocalPort()
                            + " is free now, metrics at http://127.0.0.1:" + taken.getLocalPort() + "/metrics");
            Endpoint.at(taken.getLocalPort()).await("joules", page -> page.read("cpu") > 0);
            Answers.assertUnchanged(run, refused, start, open);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void badOptions_areAllToldAtOnce(Path java) throws Exception {
        try (AgentRun run = Launch.of(java)
                .agent(
                        "http.port=0",
                        "http.host=metrics.example",
                        "sample.interval=soon",
                        "carbn.zone=KR",
                        "energy.sources=rapll",
                        "instrumentation.onnx.enabled=false")
                .option("-Dinferwatt.metrics.models.max=many")
                .variable("INFERWATT_FACILITY_PUE", "0.5")
                .main(Echo.class)) {
            String start = run.awaitErr("is metering");
            Answers.assertUnchanged(
                    run,
                    "inferwatt: WARN unknown key 'carbn.zone' with value 'KR' (agent argument) is ignored;"
                            + " did you mean carbon.zone?",
                    "inferwatt: WARN sample.interval: 'soon' (agent argument) is not allowed; allowed: auto, or a"
                            + " duration from 10ms to 10s such as 20ms or 1s; the default auto is used",
                    "inferwatt: WARN facility.pue: '0.5' (environment INFERWATT_FACILITY_PUE) is not allowed;"
                            + " allowed: a number from 1 to 5; the default (unset) is used",
                    "inferwatt: WARN metrics.models.max: 'many' (system property inferwatt.metrics.models.max) is not"
                            + " allowed; allowed: a whole number from 1 to 200; the default 16 is used",
                    "inferwatt: WARN instrumentation.onnx.enabled: there is no such library; allowed: " + libraries()
                            + "; the setting is ignored",
                    "inferwatt: WARN energy.sources: 'rapll' is no source and is ignored; allowed: auto, rapl, nvml,"
                            + " hwmon, battery, oshi-gpu, model",
                    "inferwatt: WARN energy.sources: names no source, using auto",
                    "inferwatt: WARN http.host: 'metrics.example' is not an address; allowed: an IPv4 or IPv6 address"
                            + " of this machine, 0.0.0.0 for all, localhost; listening on 127.0.0.1 instead",
                    start);
        }
    }

    private static String libraries() {
        return ServiceLoader.load(InstrumentationModule.class).stream()
                .map(module -> module.get().library())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void temporaryFolder_thatIsMissing_isNotNeeded(Path java) throws Exception {
        Path missing = folder.resolve("missing");
        List<String> ofTheJvm = errOf(Launch.of(java).option("-Djava.io.tmpdir=" + missing));
        int port = Launch.freePort();
        try (AgentRun run = Launch.of(java)
                .option("-Djava.io.tmpdir=" + missing)
                .agent("log.level=warn", "http.port=" + port)
                .main(Echo.class)) {
            Endpoint.at(port).await("joules", page -> page.read("cpu") > 0);
            Answers.assertUnchanged(run, ofTheJvm.toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void temporaryFolder_thatTheSecondWayOfInjectionNeeds_isToldInOneLine(Path java) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Launch broken = Launch.of(java).option("-Djava.io.tmpdir=" + file);
        List<String> expected = new ArrayList<>(errOf(broken));
        try (AgentRun run = broken.option("-Dio.inferwatt.agent.dispatcher=append")
                .agent("http.port=0")
                .main(Echo.class)) {
            String line = run.awaitErr("inferwatt: ");
            assertThat(line)
                    .startsWith("inferwatt: WARN not attached, the application runs unmetered: ")
                    .contains(file.toString());
            expected.add(line);
            Answers.assertUnchanged(run, expected.toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void logFile_thatCannotBeWritten_isToldAndStandardErrorIsUsed(Path java) throws Exception {
        Path log = folder.resolve("missing").resolve("inferwatt.log");
        try (AgentRun run =
                Launch.of(java).agent("http.port=0", "log.file=" + log).main(Echo.class)) {
            String start = run.awaitErr("is metering");
            Answers.assertUnchanged(
                    run,
                    "inferwatt: WARN log.file " + log + " cannot be written (java.io.FileNotFoundException: " + log
                            + " (No such file or directory)); logging to standard error",
                    start);
        }
    }

    /** Returns what the JVM itself says on standard error, without the agent. */
    private static List<String> errOf(Launch launch) throws Exception {
        try (AgentRun run = launch.main(Echo.class)) {
            assertThat(run.exitCode()).isZero();
            return List.copyOf(run.err());
        }
    }
}
