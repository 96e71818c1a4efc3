package io.inferwatt.agent.instrumentation.lightgbm;

import static io.inferwatt.agent.instrumentation.Scenarios.ask;
import static io.inferwatt.agent.instrumentation.Scenarios.askOnThreads;
import static io.inferwatt.agent.instrumentation.Scenarios.device;
import static io.inferwatt.agent.instrumentation.Scenarios.models;
import static io.inferwatt.agent.instrumentation.Scenarios.usersOfEngineThreads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.instrumentation.OpenMp;
import io.inferwatt.agent.weaving.WovenLibrary;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LightGbmModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new LightGbmModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return LightGbmScenario.class;
    }

    @Override
    protected @Nullable String whyItCannotRun() {
        return OpenMp.missing();
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "LightGBM4j",
                "io.github.metarank:lightgbm4j",
                "4.3.0-1",
                List.of("3.3.2-5"),
                "`LGBMBooster.predictForMat`, `predictForMatSingleRow`",
                "stem of the file; size and SHA-256 prefix of a model given as text; else `lightgbm-` and its features, such as "
                        + "`lightgbm-10f`",
                "the argument; 1 for a single row",
                "–",
                "`cpu`",
                "trained in the test");
    }

    @Override
    protected List<String> packages() {
        return List.of("io.github.metarank.", "com.microsoft.ml.lightgbm.");
    }

    @Test
    void everyMethodThatPredicts_isRecordedOnce() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callAllOverloads");
            assertThat(woven.recorded()).hasSize(4).allSatisfy(call -> {
                assertThat(call.key()).isEqualTo(scenario.key());
                assertThat(call.units()).isEqualTo(scenario.rows());
            });

            ask(scenario, "callSingleRows");
            assertThat(woven.recorded()).hasSize(2).allSatisfy(call -> {
                assertThat(call.key()).isEqualTo(scenario.key());
                assertThat(call.units()).isEqualTo(1);
            });
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void modelsThatNoFileNames_areNamedByTheirContentOrFeatures() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callTrained");
            ask(scenario, "callLoadedFromText");

            List<String> names = models(woven);
            assertThat(names).hasSize(2).startsWith("lightgbm-7f");
            assertThat(names.get(1)).matches("0\\.0MB-[0-9a-f]{8}");
            assertThat(device(woven, "lightgbm-7f")).isEqualTo("cpu");
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void threadsThatTrainingStarted_belongToTheModelFromItsFirstCallOn() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, OpenMp.ONE_PROCESSOR);
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            assertThat(woven.calls.enginePools().open()).isEmpty();

            ask(scenario, "callLarge");
            assertThat(usersOfEngineThreads(woven)).containsExactly("ranker");
        }
    }

    @Test
    void threads_areFoundWhenALargerBatchIsTheFirstThatIsDivided() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, OpenMp.ONE_PROCESSOR);
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            askOnThreads(1, scenario, "callOneRowThenLarge");

            assertThat(usersOfEngineThreads(woven)).containsExactly("ranker");
        }
    }

    @Test
    void callsOfManyThreads_areAllRecorded() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            askOnThreads(64, scenario, "callTenTimes");

            assertThat(woven.recorded())
                    .hasSize(64 * 10)
                    .allSatisfy(call -> assertThat(call.key()).isEqualTo(scenario.key()));
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();
        }
    }
}
