package io.inferwatt.it;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import io.inferwatt.it.app.Hello;
import io.inferwatt.it.app.TinyModel;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentStartIT {

    private static final String AGENT = "-javaagent:" + AgentRun.JAR;
    private static final String QUIET = AGENT + "=http.port=0,log.level=warn";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void applicationWithoutModels_runsAsItDoesWithoutTheAgent(Path java) throws Exception {
        try (AgentRun run = AgentRun.java(java, QUIET, "-cp", classPath(), Hello.class.getName())) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).containsExactly("hello");
            assertThat(run.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void callsOfAModel_areServedAsMetrics(Path java) throws Exception {
        try (AgentRun run = tinyModel(java, AGENT + "=http.port=0")) {
            String start = run.awaitErr("metrics at ");
            URI metrics = URI.create(start.substring(start.indexOf("http://")));

            String requests = awaitMetric(
                    metrics, "inferwatt_requests_total{model=\"copy-tokens\",operation=\"inference\",outcome=\"ok\"}");
            assertThat(requests).endsWith(" 2.0");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).containsExactly("ran");
            assertThat(run.err())
                    .filteredOn(line -> line.startsWith("inferwatt:"))
                    .containsExactly(start);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void dispatcher_thatCannotBeInjected_isAppendedAndWorks(Path java) throws Exception {
        try (AgentRun run = tinyModel(
                java,
                "-Dio.inferwatt.agent.dispatcher=append",
                "-Xshare:auto",
                AGENT + "=http.port=0,log.level=debug")) {
            run.awaitErr("wove ");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err())
                    .filteredOn(line -> line.contains("dispatcher appended"))
                    .hasSize(1);
            assertThat(run.err()).noneMatch(line -> line.contains("failed once"));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void agent_thatIsDisabled_saysAndDoesNothing(Path java) throws Exception {
        try (AgentRun run = tinyModel(java, AGENT + "=enabled=false")) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).noneMatch(line -> line.contains("inferwatt"));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void library_thatIsOff_isNotWoven(Path java) throws Exception {
        try (AgentRun run =
                tinyModel(java, AGENT + "=http.port=0,log.level=debug,instrumentation.onnxruntime.enabled=false")) {
            run.awaitErr("is metering");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).noneMatch(line -> line.contains("wove "));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void agent_givenTwice_attachesOnce(Path java) throws Exception {
        try (AgentRun run = tinyModel(java, AGENT + "=http.port=0", AGENT + "=http.port=0")) {
            run.awaitErr("is metering");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err())
                    .filteredOn(line -> line.contains("is metering"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void agent_attachedToARunningJvm_metersFromThenOn(Path java) throws Exception {
        try (AgentRun run = tinyModel(java)) {
            run.awaitOut("ran");
            String pid = Long.toString(run.pid());
            try (AgentRun attach =
                    AgentRun.tool(java, "jcmd", "", pid, "JVMTI.agent_load", AgentRun.JAR.toString(), "http.port=0")) {
                assertThat(attach.exitCode())
                        .as("%s %s", attach.out(), attach.err())
                        .isZero();
            }
            String start = run.awaitErr("metrics at ");
            run.send();

            String requests = awaitMetric(
                    URI.create(start.substring(start.indexOf("http://"))),
                    "inferwatt_requests_total{model=\"unknown\",operation=\"inference\",outcome=\"ok\"}");
            assertThat(requests).endsWith(" 1.0");
            assertThat(run.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void toolOfTheJdk_isLeftAlone(Path java) throws Exception {
        for (String tool : List.of("javac", "keytool")) {
            try (AgentRun run = AgentRun.tool(java, tool, AGENT, "-help")) {
                run.exitCode();
                assertThat(run.err()).noneMatch(line -> line.startsWith("inferwatt"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void settings_thatAreNotUnderstood_areToldAndTheApplicationRuns(Path java) throws Exception {
        try (AgentRun run = tinyModel(java, AGENT + "=http.port=0,sample.interval=soon,no.such.key=1")) {
            run.awaitErr("is metering");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err())
                    .filteredOn(line -> line.startsWith("inferwatt: WARN"))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void agent_insideAnotherJar_refusesInOneLine(Path java) throws Exception {
        Path uber = uberJar();
        try (AgentRun run = AgentRun.java(java, "-javaagent:" + uber, "-cp", classPath(), Hello.class.getName())) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).hasSize(1).first().asString().contains("not attached", uber.toString());
        }
    }

    private AgentRun tinyModel(Path java, String... options) throws Exception {
        String libraries = Path.of(OrtSession.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        String[] rest = {
            "-cp",
            classPath() + System.getProperty("path.separator") + libraries,
            TinyModel.class.getName(),
            folder.resolve("copy-tokens.onnx").toString()
        };
        String[] all =
                Stream.concat(Arrays.stream(options), Arrays.stream(rest)).toArray(String[]::new);
        return AgentRun.java(java, all);
    }

    private static String classPath() throws URISyntaxException {
        return Path.of(Hello.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    private Path uberJar() throws IOException {
        Path uber = folder.resolve("application.jar");
        try (JarFile own = new JarFile(AgentRun.JAR.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(uber))) {
            out.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
            out.write("Manifest-Version: 1.0\nPremain-Class: io.inferwatt.agent.AgentPremain\n\n".getBytes("UTF-8"));
            for (JarEntry entry : Collections.list(own.entries())) {
                if (entry.getName().startsWith("io/inferwatt/agent/AgentPremain")) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    out.write(own.getInputStream(entry).readAllBytes());
                }
            }
        }
        return uber;
    }

    private static String awaitMetric(URI metrics, String series) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        long begin = System.nanoTime();
        String body = "";
        while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(30)) {
            body = client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            for (String line : body.lines().toList()) {
                if (line.startsWith(series) && !line.endsWith(" 0.0")) {
                    return line;
                }
            }
        }
        throw new AssertionError("no " + series + " in\n" + body);
    }
}
