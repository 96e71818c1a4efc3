package io.inferwatt.agent.instrumentation.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.instrumentation.onnxruntime.OnnxRuntimeModule;
import io.inferwatt.agent.weaving.WovenLibrary;
import java.util.List;
import org.junit.jupiter.api.Test;

class DjlModuleTest extends InstrumentationModuleContract {

    static {
        // DJL would look for its own models on the network and report its use.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        // It would help itself with the engine of DJL's tokenizers, whose native code a JVM loads only once.
        System.setProperty("ai.djl.onnx.disable_alternative", "true");
    }

    @Override
    protected InstrumentationModule module() {
        return new DjlModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return DjlScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "DJL",
                "ai.djl:api",
                "0.38.0",
                List.of("0.28.0"),
                "`Predictor.batchPredict` and through it `predict`",
                "`Model.getName()`",
                "size of the list",
                "those of the engine below",
                "of the model's manager",
                "generated, over ONNX Runtime");
    }

    @Override
    protected List<String> packages() {
        return List.of("ai.djl.", "ai.onnxruntime.");
    }

    @Test
    void callOfTheEngineInsideAPrediction_isPartOfIt() throws Exception {
        WovenLibrary woven = woven(new DjlModule(), new OnnxRuntimeModule());
        try (LibraryScenario scenario = start(woven)) {
            scenario.call();

            List<WovenLibrary.Recorded> recorded = woven.recorded();
            assertThat(recorded).hasSize(1);
            assertThat(recorded.get(0).key()).isEqualTo(scenario.key());
            assertThat(woven.errors.total()).isZero();
        }
    }
}
