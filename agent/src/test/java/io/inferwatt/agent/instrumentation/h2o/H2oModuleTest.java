package io.inferwatt.agent.instrumentation.h2o;

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

class H2oModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new H2oModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return H2oScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "H2O MOJO and POJO",
                "ai.h2o:h2o-genmodel",
                "3.46.0.12",
                List.of("3.30.0.5"),
                "`EasyPredictModelWrapper.predict…`; not `GenModel.score0`",
                "stem of the file given to `MojoModel.load`, class of a POJO, else algorithm and `uuid`, such as `glm-4711`",
                "1",
                "–",
                "`cpu`",
                "a linear model written as MOJO");
    }

    @Override
    protected List<String> packages() {
        return List.of("hex.", "water.");
    }

    @Test
    void everyMethodThatPredicts_isRecordedOnce() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callAllOverloads");

            assertThat(models(woven)).hasSize(4).containsOnly("price");
            assertThat(device(woven, "price")).isEqualTo("cpu");
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void modelOfAStream_isNamedByAlgorithmAndNumber() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callLoadedFromAStream");

            assertThat(models(woven)).containsExactly("glm-4711");
        }
    }
}
