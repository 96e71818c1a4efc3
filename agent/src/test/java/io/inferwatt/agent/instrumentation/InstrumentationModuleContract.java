package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.Recorded;
import io.inferwatt.core.call.Outcome;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What holds for the instrumentation of every library that runs here. A subclass names the module and a {@link
 * LibraryScenario}; the scenario runs against the real library, woven as in an application. A library whose native code
 * the JVM loads only once needs {@link OwnJvm} on the subclass.
 */
public abstract class InstrumentationModuleContract extends ModuleContract {

    private static final int ERRORS_UNTIL_OFF = 10;

    protected abstract Class<? extends LibraryScenario> scenario();

    /**
     * Returns how the names of the library's classes start; they are loaded once more for each test. Those after a {@code !}
     * are not: classes whose native code the JVM loads only once, and what those name.
     */
    protected abstract List<String> packages();

    /** Returns why the library cannot run on this machine, so that what runs it is skipped; null where it can. */
    protected @Nullable String whyItCannotRun() {
        return null;
    }

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
        WovenLibrary woven = new WovenLibrary(List.of(module()), application(), withoutCalls, classPath());
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
    void call_whoseBudgetIsUsedUp_isRejectedWithATypeOfTheJdk_andNothingElseIsHurt() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            scenario.call();
            woven.recorded();
            woven.calls.admitBy((key, tenants) -> "used up: " + key.model());
            for (int i = 0; i <= ERRORS_UNTIL_OFF; i++) {
                Throwable rejected = rootCause(catchThrowable(scenario::call));

                assertThat(rejected).isExactlyInstanceOf(RejectedExecutionException.class);
                assertThat(rejected).hasMessage("used up: " + scenario.key().model());
            }
            assertThat(woven.recorded()).isEmpty();
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();

            woven.calls.admitBy(null);
            scenario.call();
            assertThat(woven.recorded()).hasSize(1);
        }
    }

    private static Throwable rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
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

    protected final WovenLibrary woven(InstrumentationModule... modules) throws ReflectiveOperationException {
        return new WovenLibrary(List.of(modules), application(), getClass().getClassLoader(), classPath());
    }

    private List<String> application() {
        List<String> application = new ArrayList<>(packages());
        application.add(scenario().getName());
        return application;
    }

    protected final LibraryScenario start(WovenLibrary woven) throws Exception {
        return start(woven.loader);
    }

    protected final LibraryScenario start(ClassLoader application) throws Exception {
        String why = whyItCannotRun();
        if (why != null) {
            System.err.println("skipped: " + why);
        }
        Assumptions.assumeTrue(why == null, why);
        Thread.currentThread().setContextClassLoader(application);
        return (LibraryScenario) application
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
