package io.inferwatt.agent.instrumentation.catboost;

import static io.inferwatt.agent.instrumentation.Scenarios.ask;
import static io.inferwatt.agent.instrumentation.Scenarios.device;
import static io.inferwatt.agent.instrumentation.Scenarios.models;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.weaving.WovenLibrary;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatBoostModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new CatBoostModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return CatBoostScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "CatBoost",
                "ai.catboost:catboost-prediction",
                "1.2.7",
                List.of("1.0.6"),
                "`CatBoostModel.predict`, all overloads",
                "stem of the file; size and SHA-256 prefix of a model given as bytes or, since 1.2, stream; else `catboost-` and "
                        + "its features, such as `catboost-10f`",
                "rows of the numeric or categoric features",
                "–",
                "`cpu`",
                "a tree written as JSON");
    }

    @Override
    protected List<String> packages() {
        return List.of("ai.catboost.");
    }

    @Test
    void everyMethodThatPredicts_isRecordedOnce() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callAllOfRows");
            assertThat(woven.recorded()).hasSize(8).allSatisfy(call -> {
                assertThat(call.key()).isEqualTo(scenario.key());
                assertThat(call.units()).isEqualTo(scenario.rows());
            });

            ask(scenario, "callAllOfOneRow");
            assertThat(woven.recorded()).hasSize(8).allSatisfy(call -> {
                assertThat(call.key()).isEqualTo(scenario.key());
                assertThat(call.units()).isEqualTo(1);
            });
            assertThat(device(woven, "credit")).isEqualTo("cpu");
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void modelsThatNoFileNames_areNamedByTheirContent() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callLoadedFromBytesAndFromAStream");

            List<String> names = models(woven);
            assertThat(names).hasSize(2);
            assertThat(names.get(0)).matches("0\\.0MB-[0-9a-f]{8}").isEqualTo(names.get(1));
        }
    }
}
