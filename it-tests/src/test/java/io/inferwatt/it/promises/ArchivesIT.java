package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import io.inferwatt.it.app.AnsweringModel;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.JarFolder;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.ModelAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives that make a JVM start faster: those of AppCDS, and the AOT cache of JDK 25. */
class ArchivesIT {

    private static final int FIRST_WITH_AOT_CACHE = 25;

    /** So much of what the application alone takes from its archive must come from there beside the agent. */
    private static final double KEPT = 0.9;

    /** What JVMs say of archives goes to their standard output, which here is the application's alone. */
    private static final List<String> SILENT = List.of("-Xlog:disable");

    private static final List<String> TOLD = List.of("-Xlog:disable", "-Xlog:all=error:stderr");

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    /** The JVM allows no agent while it makes such an archive. */
    @ParameterizedTest
    @MethodSource("javas")
    void appCdsArchive_trainedWithoutTheAgent_servesWithIt(Path java) throws Exception {
        Path archive = folder.resolve("application.jsa");
        train(java, false, "-XX:ArchiveClassesAtExit=" + archive);
        String option = "-XX:SharedArchiveFile=" + archive;
        assertServes(java, SILENT, option, archivedOfTheApplicationAlone(java, option));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aotCache_trainedWithTheAgent_servesWithIt(Path java) throws Exception {
        if (hasNoAotCache(java)) {
            return;
        }
        Path alone = folder.resolve("alone.aot");
        train(java, false, "-XX:AOTCacheOutput=" + alone);
        Path metered = folder.resolve("metered.aot");
        train(java, true, "-XX:AOTCacheOutput=" + metered);
        assertServes(
                java, TOLD, "-XX:AOTCache=" + metered, archivedOfTheApplicationAlone(java, "-XX:AOTCache=" + alone));
    }

    /** What makes the JVM reject a cache is that the agent's module was not there. */
    @ParameterizedTest
    @MethodSource("javas")
    void aotCache_trainedWithTheModuleOfAgents_servesWithTheAgent(Path java) throws Exception {
        if (hasNoAotCache(java)) {
            return;
        }
        Path cache = folder.resolve("module.aot");
        train(java, false, "--add-modules=java.instrument", "-XX:AOTCacheOutput=" + cache);
        String option = "-XX:AOTCache=" + cache;
        assertServes(java, TOLD, option, archivedOfTheApplicationAlone(java, "--add-modules=java.instrument", option));
    }

    /** Metered from the archive, of which it takes as many classes as the application alone. */
    private void assertServes(Path java, List<String> logging, String archive, Set<String> alone) throws Exception {
        Path loaded = folder.resolve("metered.log");
        try (AgentRun run =
                application(java, logging, loaded, archive).agent("http.port=0").main(AnsweringModel.class, model())) {
            ModelAnswers.assertMeteredAndUnchanged(run);
        }
        assertKept(alone, archived(loaded));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aotCache_trainedWithoutTheAgent_isRejectedByTheJvmAndTheApplicationRuns(Path java) throws Exception {
        if (hasNoAotCache(java)) {
            return;
        }
        Path cache = folder.resolve("alone.aot");
        train(java, false, "-XX:AOTCacheOutput=" + cache);
        Path loaded = folder.resolve("metered.log");
        try (AgentRun run = application(java, TOLD, loaded, "-XX:AOTCache=" + cache)
                .agent("http.port=0")
                .main(AnsweringModel.class, model())) {
            Endpoint endpoint = Endpoint.of(run);
            ModelAnswers.askAndCount(run, endpoint);
            ModelAnswers.assertEnded(run);
            assertThat(run.err())
                    .filteredOn(line -> !line.contains("[error][aot]"))
                    .containsExactly(run.awaitErr("is metering"));
            assertThat(run.err())
                    .anyMatch(line -> line.endsWith("Mismatched values for property jdk.module.addmods:"
                            + " java.instrument specified during runtime but not during dump time"));
        }
        assertThat(archived(loaded)).isEmpty();
    }

    private static boolean hasNoAotCache(Path java) throws IOException {
        boolean none = AgentRun.release(java) < FIRST_WITH_AOT_CACHE;
        if (none) {
            System.out.println(java + " has no AOT cache: nothing to test there");
        }
        return none;
    }

    private void train(Path java, boolean withAgent, String... options) throws Exception {
        Launch launch = application(java, SILENT, folder.resolve("training.log"), options);
        try (AgentRun run = (withAgent ? launch.agent("http.port=0") : launch).main(AnsweringModel.class, model())) {
            if (withAgent) {
                run.awaitErr("is metering");
            }
            run.say("one");
            run.awaitOut("answer to one");
            assertThat(run.exitCode()).isZero();
        }
    }

    private Set<String> archivedOfTheApplicationAlone(Path java, String... options) throws Exception {
        Path loaded = folder.resolve("alone.log");
        try (AgentRun run = application(java, SILENT, loaded, options).main(AnsweringModel.class, model())) {
            ModelAnswers.assertUnchanged(run);
        }
        Set<String> archived = archived(loaded);
        assertThat(archived).contains(AnsweringModel.class.getName());
        return archived;
    }

    private static void assertKept(Set<String> alone, Set<String> metered) {
        long kept = alone.stream().filter(metered::contains).count();
        System.out.println("of " + alone.size() + " classes that the application alone takes from its archive, " + kept
                + " come from it beside the agent");
        assertThat(kept).isGreaterThanOrEqualTo((long) (KEPT * alone.size()));
    }

    /** Returns the classes that the JVM took from an archive, by its own log. */
    private static Set<String> archived(Path loaded) throws IOException {
        return Files.readAllLines(loaded).stream()
                .filter(line -> line.contains(" source: shared objects file"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toSet());
    }

    /** Class paths of archives are made of jars. */
    private Launch application(Path java, List<String> log, Path loaded, String... options) throws IOException {
        Path jar = folder.resolve("application.jar");
        if (!Files.exists(jar)) {
            try (JarFolder made = JarFolder.create(jar)) {
                made.addAll("", Launch.whereIs(AnsweringModel.class), "app/AnsweringModel", "app/TinyModel");
            }
        }
        return Launch.bare(java)
                .classPath(jar)
                .nativeLibrary(OrtSession.class)
                .option(log.toArray(String[]::new))
                .option("-Xlog:class+load:file=" + loaded + ":none")
                .option(options);
    }

    private String model() throws Exception {
        return AnsweringModel.write(folder.resolve("copy-tokens.onnx")).toString();
    }
}
