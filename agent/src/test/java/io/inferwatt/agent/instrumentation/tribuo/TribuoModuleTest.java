package io.inferwatt.agent.instrumentation.tribuo;

import static io.inferwatt.agent.instrumentation.Scenarios.ask;
import static io.inferwatt.agent.instrumentation.Scenarios.device;
import static io.inferwatt.agent.instrumentation.Scenarios.models;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.Recorded;
import java.util.List;
import org.junit.jupiter.api.Test;

class TribuoModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new TribuoModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return TribuoScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "Tribuo",
                "org.tribuo:tribuo-core",
                "4.3.2",
                List.of("4.0.2"),
                "`Model.predict` of one example, a list and a data set, of the kinds of model in `org.tribuo`; not"
                        + " training, evaluation",
                "`Model.getName()` at the first call, else its class",
                "size of the list or data set, 1 for what can be read only once",
                "–",
                "`cpu`; unknown for models of `org.tribuo.interop`",
                "trained in the test");
    }

    @Override
    protected List<String> packages() {
        return List.of("org.tribuo.");
    }

    @Test
    void everyMethodThatPredicts_isRecordedOnce() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callAllOverloads");

            assertThat(woven.recorded()).extracting(Recorded::units).containsExactly(1L, 40L, 1L);
            assertThat(device(woven, scenario.key().model())).isEqualTo("cpu");
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void membersOfAnEnsemble_arePartOfItsCall() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callEnsemble");

            assertThat(models(woven)).containsExactly("forest");
        }
    }

    @Test
    void evaluationAndTraining_areNoInference() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "evaluate");
            assertThat(woven.recorded()).isEmpty();
            ask(scenario, "trainByPredicting");
            assertThat(woven.recorded()).isEmpty();

            scenario.call();
            assertThat(models(woven)).containsExactly(scenario.key().model());
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void modelWithoutAName_isNamedByItsClass() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callUnnamed");

            assertThat(models(woven)).containsExactly("TreeModel");
        }
    }
}
