package io.inferwatt.agent.instrumentation.xgboost;

import static io.inferwatt.agent.instrumentation.Scenarios.ask;
import static io.inferwatt.agent.instrumentation.Scenarios.askOnThreads;
import static io.inferwatt.agent.instrumentation.Scenarios.device;
import static io.inferwatt.agent.instrumentation.Scenarios.models;
import static io.inferwatt.agent.instrumentation.Scenarios.usersOfEngineThreads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.instrumentation.OpenMp;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.Recorded;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XGBoostModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new XGBoostModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return XGBoostScenario.class;
    }

    @Override
    protected @Nullable String whyItCannotRun() {
        return OpenMp.missing();
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "XGBoost4J",
                "ml.dmlc:xgboost4j_2.12",
                "3.4.0",
                List.of("1.7.6", "2.1.4"),
                "`Booster.predict`, `predictLeaf`, `predictContrib`, `inplace_predict`; not what training predicts",
                "stem of the file; size and SHA-256 prefix of a model given as bytes or stream; else the booster's attribute "
                        + "`name`, else `xgboost-` and its features, such as `xgboost-10f`",
                "`DMatrix.rowNum()`, or the argument",
                "–",
                "`cpu`; unknown where parameter `device`, `tree_method` or `predictor` asks for another",
                "trained in the test");
    }

    @Override
    protected List<String> packages() {
        return List.of("ml.dmlc.");
    }

    @Test
    void everyMethodThatPredicts_isRecordedOnce() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callAllOverloads");

            assertThat(woven.recorded()).hasSize(8).allSatisfy(call -> {
                assertThat(call.key()).isEqualTo(scenario.key());
                assertThat(call.units()).isEqualTo(scenario.rows());
            });
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void callThatTheNativeCodeRefuses_isAnError() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            Throwable refused = catchThrowable(() -> ask(scenario, "failNatively"));

            assertThat(refused).hasMessageContaining("Number of columns");
            assertThat(woven.recorded()).extracting(Recorded::outcome).containsExactly(Outcome.ERROR);
            assertThat(woven.inFlight()).isZero();
        }
    }

    @Test
    void matrixWithoutRows_isLeftToTheLibrary() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            Throwable refused = catchThrowable(() -> ask(scenario, "callWithMatrixThatTellsNoRows"));

            assertThat(refused).hasMessage("disposed");
            List<Recorded> recorded = woven.recorded();
            assertThat(recorded).extracting(Recorded::outcome).containsExactly(Outcome.ERROR);
            assertThat(recorded).extracting(Recorded::units).containsExactly(1L);
            assertThat(woven.errors.total()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"callAskedForAGpuTreeMethod", "callAskedForAGpuPredictor"})
    void device_askedForByParametersOfOldVersions_isNotClaimedToBeTheProcessor(String call) throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, call);

            assertThat(models(woven)).containsExactly("churn");
            assertThat(device(woven, "churn")).isNull();
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void device_setAfterTheFirstCall_isThatOfTheNext() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callOnAnotherDevice");
            assertThat(device(woven, "xgboost-7f")).isNull();

            ask(scenario, "callOnTheProcessorAgain");
            assertThat(device(woven, "xgboost-7f")).isEqualTo("cpu");
            assertThat(models(woven)).containsExactly("xgboost-7f", "xgboost-7f");
        }
    }

    @Test
    void modelsThatNoFileNames_areNamedByTheirAttributeOrContentOrFeatures() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            scenario.call();
            ask(scenario, "callOnAnotherDevice");
            ask(scenario, "callLoadedFromBytesAndFromAStream");
            ask(scenario, "callTrainedWithName");

            List<String> names = models(woven);
            assertThat(names).hasSize(5).startsWith("churn", "xgboost-7f").endsWith("fraud");
            assertThat(names.get(2)).matches("0\\.0MB-[0-9a-f]{8}").isEqualTo(names.get(3));
            assertThat(device(woven, "churn")).isEqualTo("cpu");
            assertThat(device(woven, "xgboost-7f"))
                    .as("perhaps another, but it falls back")
                    .isNull();
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void whatTrainingPredicts_isNoRequest() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "trainWithOwnObjective");
            assertThat(woven.recorded()).isEmpty();

            scenario.call();
            assertThat(woven.recorded()).hasSize(1);
        }
    }

    @Test
    void threadsThatLoadingOrTrainingStarted_belongToTheModelFromItsFirstCallOn() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, OpenMp.ONE_PROCESSOR);
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            assertThat(woven.calls.enginePools().open()).isEmpty();

            ask(scenario, "callLarge");
            assertThat(usersOfEngineThreads(woven)).containsExactly("churn");

            ask(scenario, "callTrained");
            assertThat(usersOfEngineThreads(woven)).containsExactly("churn", "xgboost-7f");
        }
    }

    @Test
    void threadsBehindEachCaller_areFoundAtItsFirstCallAndLetGoAfterItsEnd() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, OpenMp.ONE_PROCESSOR);
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            askOnThreads(1, scenario, "callLarge");
            List<EnginePool> first = woven.calls.enginePools().open();
            assertThat(first).hasSize(1);
            assertThat(usersOfEngineThreads(woven)).containsExactly("churn");

            askOnThreads(1, scenario, "callLarge");
            assertThat(woven.calls.enginePools().open()).hasSize(1).doesNotContainAnyElementsOf(first);
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
