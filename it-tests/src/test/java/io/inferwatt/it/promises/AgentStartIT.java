package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import io.inferwatt.it.app.Hello;
import io.inferwatt.it.app.Openness;
import io.inferwatt.it.app.TinyModel;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Launch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How an agent on the command line begins, and where it does not. */
class AgentStartIT {

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    /** Ends before the agent has come up. */
    @ParameterizedTest
    @MethodSource("javas")
    void applicationThatEndsAtOnce_runsAsItDoesWithoutTheAgent(Path java) throws Exception {
        try (AgentRun run =
                Launch.of(java).agent("http.port=0", "log.level=warn").main(Hello.class)) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).containsExactly("hello");
            assertThat(run.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void dispatcher_thatCannotBeInjected_isAppendedAndWorks(Path java) throws Exception {
        Launch launch = tinyModel(java)
                .option("-Dio.inferwatt.agent.dispatcher=append", "-Xshare:auto")
                .agent("http.port=0", "log.level=debug");
        try (AgentRun run = runTinyModel(launch)) {
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
    void insideOfJavaLang_isOpenToTheAgentAlone(Path java) throws Exception {
        try (AgentRun run =
                Launch.of(java).agent("http.port=0", "log.level=warn").main(Openness.class)) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .containsExactly(
                            "to the application: false",
                            "to all: false",
                            "premain is in the application's module: true");
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void agent_thatAnArgumentDisables_saysAndDoesNothing(Path java) throws Exception {
        try (AgentRun run = runTinyModel(tinyModel(java).agent("enabled=false"))) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).noneMatch(line -> line.contains("inferwatt"));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void library_thatIsOff_isNotWoven(Path java) throws Exception {
        Launch launch =
                tinyModel(java).agent("http.port=0", "log.level=debug", "instrumentation.onnxruntime.enabled=false");
        try (AgentRun run = runTinyModel(launch)) {
            run.awaitErr("is metering");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).noneMatch(line -> line.contains("wove "));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void agent_givenTwice_attachesOnce(Path java) throws Exception {
        try (AgentRun run = runTinyModel(tinyModel(java).agent("http.port=0").agent("http.port=0"))) {
            run.awaitErr("is metering");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err())
                    .filteredOn(line -> line.contains("is metering"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void agent_insideAnotherJar_refusesInOneLine(Path java) throws Exception {
        Path uber = uberJar();
        try (AgentRun run = Launch.of(java).option("-javaagent:" + uber).main(Hello.class)) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).singleElement().asString().contains("not attached", uber.toString());
        }
    }

    private static Launch tinyModel(Path java) {
        return Launch.of(java).nativeLibrary(OrtSession.class);
    }

    private AgentRun runTinyModel(Launch launch) throws IOException {
        return launch.main(TinyModel.class, folder.resolve("copy-tokens.onnx").toString());
    }

    private Path uberJar() throws IOException {
        Path uber = folder.resolve("application.jar");
        try (JarFile own = new JarFile(AgentRun.JAR.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(uber))) {
            out.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
            out.write("Manifest-Version: 1.0\nPremain-Class: io.inferwatt.agent.AgentPremain\n\n"
                    .getBytes(StandardCharsets.UTF_8));
            for (JarEntry entry : Collections.list(own.entries())) {
                if (entry.getName().startsWith("io/inferwatt/agent/AgentPremain")) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    out.write(own.getInputStream(entry).readAllBytes());
                }
            }
        }
        return uber;
    }
}
