package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import com.sun.tools.attach.VirtualMachine;
import io.inferwatt.it.app.AloneLoader;
import io.inferwatt.it.app.Echo;
import io.inferwatt.it.app.TinyModel;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Answers;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.jvm.Sources;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways in which an agent gets into a JVM, and the kinds of applications that it meets there. */
class AttachIT {

    private static final String REQUESTS = "inferwatt_requests_total";
    private static final String ITEMS = "inferwatt_items_total";
    private static final String AGENT_START = "inst/io/inferwatt/agent/start/AgentStart.classdata";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void attachToARunningJvm_metersALoadedLibraryAndASecondTimeDoesNothing(Path java) throws Exception {
        try (AgentRun run = Launch.of(java)
                .nativeLibrary(OrtSession.class)
                .option("-XX:+EnableDynamicAgentLoading")
                .main(TinyModel.class, model())) {
            run.awaitOut("ran");
            attach(run);
            Endpoint endpoint = Endpoint.of(run);
            String start = run.awaitErr("is metering");
            attach(run);
            run.send();
            run.send();

            MetricsPage page = endpoint.await("two calls", metrics -> metrics.sum(REQUESTS) == 2);
            assertThat(page.sum(ITEMS)).isEqualTo(6);
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).containsExactly("ran");
            assertThat(run.err()).containsExactly(start);
        }
    }

    private static void attach(AgentRun run) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(run.pid()));
        try {
            machine.loadAgent(AgentRun.JAR.toString(), "http.port=0");
        } finally {
            machine.detach();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void javaToolOptions_attachTheAgent(Path java) throws Exception {
        String options = "-javaagent:" + AgentRun.JAR + "=http.port=0";
        try (AgentRun run =
                Launch.of(java).variable("JAVA_TOOL_OPTIONS", options).main(Echo.class)) {
            Endpoint.of(run);
            Answers.assertUnchanged(run, "Picked up JAVA_TOOL_OPTIONS: " + options, run.awaitErr("is metering"));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void toolsOfTheJdk_areNotMetered(Path java) throws Exception {
        String options = "-javaagent:" + AgentRun.JAR;
        List<List<String>> commands = List.of(
                List.of("javac", "-version"),
                List.of("jar", "--version"),
                List.of("jcmd", "-l"),
                List.of("keytool", "-showinfo", "-tls"));
        for (List<String> command : commands) {
            try (AgentRun run = AgentRun.tool(
                    java,
                    command.get(0),
                    options,
                    command.subList(1, command.size()).toArray(String[]::new))) {
                assertThat(run.exitCode()).as(command.toString()).isZero();
                assertThat(run.out()).isNotEmpty();
                assertThat(run.err()).containsExactly("Picked up JAVA_TOOL_OPTIONS: " + options);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void agent_thatTheEnvironmentDisables_saysAndDoesNothing(Path java) throws Exception {
        try (AgentRun run = Launch.of(java)
                .agent("http.port=0")
                .variable("INFERWATT_ENABLED", "false")
                .main(Echo.class)) {
            Answers.assertUnchanged(run);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void programInOneSourceFile_isMetered(Path java) throws Exception {
        Path source = Path.of("src/test/java/io/inferwatt/it/app/TinyModel.java");
        try (AgentRun run = Launch.of(java)
                .nativeLibrary(OrtSession.class)
                .agent("http.port=0")
                .main(source.toString(), model())) {
            assertMetered(run);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void otherVersionsOfOurLibrariesOnTheBootClassPath_doNotMeetOurs(Path java) throws Exception {
        Path others = Sources.in(folder)
                .add(
                        "io/micrometer/core/instrument/Gauge.java",
                        "package io.micrometer.core.instrument; class Gauge {}")
                .compile();
        try (AgentRun run = Launch.of(java)
                .option("-Xbootclasspath/a:" + others)
                .agent("http.port=0")
                .main(Echo.class)) {
            Endpoint.of(run).await("joules", page -> page.read("cpu") > 0);
            Answers.assertUnchanged(run, run.awaitErr("is metering"));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void agent_whoseJarIsDamaged_isToldInOneLine(Path java) throws Exception {
        Path damaged = damagedJar();
        try (AgentRun run = Launch.of(java).option("-javaagent:" + damaged).main(Echo.class)) {
            Answers.assertUnchanged(
                    run,
                    "inferwatt: WARN not attached, the application runs unmetered: java.lang.ClassNotFoundException:"
                            + " io.inferwatt.agent.start.AgentStart");
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void applicationInALoaderWithoutParent_isMetered(Path java) throws Exception {
        String classPath = Launch.whereIs(TinyModel.class)
                + System.getProperty("path.separator")
                + Launch.whereIs(OrtSession.class);
        try (AgentRun run = Launch.of(java)
                .option("--enable-native-access=ALL-UNNAMED")
                .agent("http.port=0")
                .main(AloneLoader.class, classPath, TinyModel.class.getName(), model())) {
            assertMetered(run);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void applicationInANamedModule_isMetered(Path java) throws Exception {
        String library = Launch.whereIs(OrtSession.class).toString();
        String source = Files.readString(Path.of("src/test/java/io/inferwatt/it/app/TinyModel.java"));
        Path application = Sources.in(folder)
                .add("module-info.java", "module shop { requires com.microsoft.onnxruntime; }")
                .add("io/inferwatt/it/app/TinyModel.java", source)
                .compile("--module-path", library);
        try (AgentRun run = Launch.bare(java)
                .option("--enable-native-access=com.microsoft.onnxruntime")
                .option("--module-path", application + System.getProperty("path.separator") + library)
                .agent("http.port=0")
                .main("-m", "shop/" + TinyModel.class.getName(), model())) {
            assertMetered(run);
        }
    }

    private static void assertMetered(AgentRun run) throws Exception {
        Endpoint endpoint = Endpoint.of(run);
        String start = run.awaitErr("is metering");
        MetricsPage page = endpoint.await(
                "two calls", metrics -> metrics.sum(REQUESTS, "model=\"copy-tokens\"", "outcome=\"ok\"") == 2);
        assertThat(page.sum(ITEMS)).isEqualTo(6);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsExactly("ran");
        assertThat(run.err()).containsExactly(start);
    }

    private String model() {
        return folder.resolve("copy-tokens.onnx").toString();
    }

    /** Copies the agent's jar without the class that starts it. */
    private Path damagedJar() throws IOException {
        Path damaged = folder.resolve("inferwatt-agent.jar");
        try (JarFile jar = new JarFile(AgentRun.JAR.toFile());
                OutputStream file = Files.newOutputStream(damaged);
                JarOutputStream out = new JarOutputStream(file, new Manifest(jar.getManifest()))) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.getName().equals(JarFile.MANIFEST_NAME)
                        && !entry.getName().equals(AGENT_START)) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    out.write(jar.getInputStream(entry).readAllBytes());
                }
            }
        }
        return damaged;
    }
}
