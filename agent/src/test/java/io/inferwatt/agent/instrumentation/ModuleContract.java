package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.weaving.Libraries;
import io.inferwatt.agent.weaving.LibraryCheck;
import io.inferwatt.agent.weaving.OtherVersion;
import io.inferwatt.core.call.Calls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the instrumentation of every library, also of one that cannot be run here: its members are in the real jars. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModuleContract {

    protected abstract InstrumentationModule module();

    protected abstract LibrarySupport support();

    /** Returns the loader that finds the library: that of the tests, unless it must not be among their dependencies. */
    protected ClassLoader classPath() {
        return getClass().getClassLoader();
    }

    @Test
    void requiredMembers_areInTheLibraryOnTheClassPath() {
        TypePool pool = TypePool.Default.of(classPath());

        assertThat(LibraryCheck.missing(pool, Libraries.required(module()))).isNull();
    }

    List<String> checkedVersions() {
        return support().checked();
    }

    @ParameterizedTest
    @MethodSource("checkedVersions")
    void requiredMembers_areInTheOtherVersions(String version) throws Exception {
        Path folder = Path.of("target", "versions", module().library(), version);
        assertThat(folder).as("put there by agent/pom.xml").isNotEmptyDirectory();
        List<ClassFileLocator> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                jars.add(ClassFileLocator.ForJarFile.of(file.toFile()));
            }
        }
        jars.add(ClassFileLocator.ForClassLoader.ofPlatformLoader());
        try (ClassFileLocator locator = new ClassFileLocator.Compound(jars)) {
            assertThat(LibraryCheck.missing(TypePool.Default.of(locator), Libraries.required(module())))
                    .as("missing in %s", version)
                    .isNull();
        }
    }

    /** What runs when a class is made ready for use must not need what another version lacks: advice would fail each time. */
    @ParameterizedTest
    @MethodSource("checkedVersions")
    void ownClasses_becomeReadyWithTheOtherVersions(String version) throws Exception {
        LibraryCalls.recordIn(new Calls());
        List<String> faults = new ArrayList<>();
        try (OtherVersion library = new OtherVersion(module().library(), version)) {
            ClassLoader advice = library.advice();
            for (String name : ownClasses()) {
                try {
                    Class.forName(name, true, advice);
                } catch (LinkageError lacking) {
                    faults.add(name + ": " + lacking);
                }
            }
        }
        assertThat(faults).as("with %s", version).isEmpty();
    }

    /** Returns all classes in the folder of the library. */
    private List<String> ownClasses() throws IOException {
        String folder = module().getClass().getPackageName();
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of("target", "classes").resolve(folder.replace('.', '/')), "*.class")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(folder + "." + name.substring(0, name.length() - ".class".length()));
            }
        }
        return names;
    }

    @Test
    void module_isRegistered() {
        assertThat(ServiceLoader.load(InstrumentationModule.class))
                .extracting(InstrumentationModule::library)
                .contains(module().library());
    }

    Set<String> adviceClasses() {
        Set<String> names = new TreeSet<>();
        for (Hook hook : module().hooks()) {
            names.add(hook.advice());
        }
        return names;
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("adviceClasses")
    void advice_isSuppressedAndShortAndNamesNoTypeOfTheAgent(String advice) throws Exception {
        try (InputStream classFile =
                getClass().getClassLoader().getResourceAsStream(advice.replace('.', '/') + ".class")) {
            assertThat(classFile).as("class file of %s", advice).isNotNull();
            List<String> faults = AdviceStyle.faults(classFile.readAllBytes());

            assertThat(faults).isEmpty();
        }
    }
}
