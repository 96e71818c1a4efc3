package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferwatt.agent.weaving.Libraries;
import io.inferwatt.agent.weaving.LibraryCheck;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.Recorded;
import io.inferwatt.core.call.Outcome;
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

/**
 * What holds for the instrumentation of every library. A subclass names the module and a {@link LibraryScenario}; the
 * scenario runs against the real library, woven as in an application.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class InstrumentationModuleContract {

    private static final int ERRORS_UNTIL_OFF = 10;

    protected abstract InstrumentationModule module();

    protected abstract Class<? extends LibraryScenario> scenario();

    protected abstract LibrarySupport support();

    /** Returns how the names of the library's classes start; they are loaded once more for each test. */
    protected abstract List<String> packages();

    @Test
    void call_thatSucceeds_isRecordedOnceUnderItsModel() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            scenario.call();
            scenario.call();

            List<Recorded> recorded = woven.recorded();
            assertThat(recorded).hasSize(2);
            assertThat(recorded.get(1).key()).isEqualTo(scenario.key());
            assertThat(recorded.get(1).outcome()).isEqualTo(Outcome.OK);
            assertThat(recorded.get(1).units()).isEqualTo(scenario.rows());
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void call_thatFails_isRecordedAsErrorAndThrowsWhatTheLibraryThrows() throws Exception {
        Throwable without;
        try (LibraryScenario scenario = start(woven())) {
            without = catchThrowable(scenario::failingCall);
        }
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            Throwable with = catchThrowable(scenario::failingCall);

            assertThat(with).hasToString(String.valueOf(without));
            assertThat(with.getClass().getName()).isEqualTo(without.getClass().getName());
            assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.ERROR);
            assertThat(woven.inFlight()).isZero();
        }
    }

    @Test
    void call_withNullForItsInput_isTheApplicationsErrorAndNotOurs() throws Exception {
        Throwable without;
        try (LibraryScenario scenario = start(woven())) {
            without = catchThrowable(scenario::callWithNull);
        }
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            assertThat(String.valueOf(catchThrowable(scenario::callWithNull))).isEqualTo(String.valueOf(without));
            assertThat(woven.errors.total()).isZero();
            assertThat(woven.inFlight()).isZero();
        }
    }

    @Test
    void call_afterClose_doesAsItWouldWithoutTheAgent() throws Exception {
        Throwable without = catchThrowable(start(woven())::callAfterClose);
        WovenLibrary woven = woven(module());
        LibraryScenario scenario = start(woven);
        scenario.call();

        Throwable with = catchThrowable(scenario::callAfterClose);

        assertThat(String.valueOf(with)).isEqualTo(String.valueOf(without));
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.errors.total()).isZero();
    }

    @Test
    void library_thatIsOffBeforeItsClassesLoad_isNotMetered() throws Exception {
        WovenLibrary woven = woven(module());
        assertThat(woven.libraries.turnOff(module().library())).isTrue();
        try (LibraryScenario scenario = start(woven)) {
            scenario.call();

            assertThat(woven.recorded()).isEmpty();
        }
    }

    @Test
    void library_thatIsTurnedOffLater_isNotMeteredAnyMore() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            scenario.call();
            woven.libraries.turnOff(module().library());
            scenario.call();

            assertThat(woven.recorded()).hasSize(1);
        }
    }

    @Test
    void advice_thatFails_isCountedAndTurnedOffAndNeverSeen() throws Exception {
        ClassLoader withoutCalls = new LoaderWithoutCalls();
        WovenLibrary woven = new WovenLibrary(List.of(module()), application(), withoutCalls);
        try (LibraryScenario scenario = start(woven)) {
            for (int i = 0; i < ERRORS_UNTIL_OFF; i++) {
                scenario.call();
            }
            long errors = woven.errors.total();
            assertThat(errors).isGreaterThanOrEqualTo(ERRORS_UNTIL_OFF);

            scenario.call();
            assertThat(woven.errors.total()).isEqualTo(errors);
            assertThat(woven.recorded()).isEmpty();
        }
    }

    @Test
    void library_thatLacksAMember_isLeftAlone() throws Exception {
        WovenLibrary woven = woven(new WithMissingMember(module()));
        try (LibraryScenario scenario = start(woven)) {
            scenario.call();

            assertThat(woven.recorded()).isEmpty();
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void requiredMembers_areInTheLibraryOnTheClassPath() {
        TypePool pool = TypePool.Default.of(getClass().getClassLoader());

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

    @ParameterizedTest
    @MethodSource("adviceClasses")
    void advice_isSuppressedAndShortAndNamesNoTypeOfTheAgent(String advice) throws Exception {
        try (InputStream classFile =
                getClass().getClassLoader().getResourceAsStream(advice.replace('.', '/') + ".class")) {
            assertThat(classFile).as("class file of %s", advice).isNotNull();
            List<String> faults = AdviceStyle.faults(classFile.readAllBytes());

            assertThat(faults).isEmpty();
        }
    }

    protected final WovenLibrary woven(InstrumentationModule... modules) throws ReflectiveOperationException {
        return new WovenLibrary(List.of(modules), application(), getClass().getClassLoader());
    }

    private List<String> application() {
        List<String> application = new ArrayList<>(packages());
        application.add(scenario().getName());
        return application;
    }

    protected final LibraryScenario start(WovenLibrary woven) throws Exception {
        Thread.currentThread().setContextClassLoader(woven.loader);
        return (LibraryScenario) woven.loader
                .loadClass(scenario().getName())
                .getDeclaredConstructor()
                .newInstance();
    }

    /** An agent whose advice is there but whose logic cannot be loaded. */
    private static final class LoaderWithoutCalls extends ClassLoader {

        LoaderWithoutCalls() {
            super(LoaderWithoutCalls.class.getClassLoader());
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return name.endsWith("Calls.class") ? null : super.getResourceAsStream(name);
        }
    }

    private record WithMissingMember(InstrumentationModule complete) implements InstrumentationModule {

        @Override
        public String library() {
            return complete.library();
        }

        @Override
        public List<Hook> hooks() {
            return complete.hooks();
        }

        @Override
        public List<Member> requires() {
            List<Member> required = new ArrayList<>(complete.requires());
            required.add(new Member("java.lang.String", "neverThere", "()V"));
            return required;
        }
    }
}
