package io.inferwatt.agent.instrumentation.deeplearning4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.Recorded;
import io.inferwatt.core.call.ModelFacts;
import io.inferwatt.core.call.ModelKey;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameDiffModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new SameDiffModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return SameDiffScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "SameDiff (ND4J)",
                "org.nd4j:nd4j-api",
                "1.0.0-M2.1",
                List.of("1.0.0-beta7"),
                "each batch of `output`, `outputSingle`, `outputBatches` and their builders; not training, validation,"
                        + " evaluation",
                "stem of the file given to `load`, else `SameDiff-` and the number of operations",
                "dimension 0 of the first input",
                "–",
                "of ND4J's backend",
                "generated");
    }

    @Override
    protected List<String> packages() {
        return engine();
    }

    /** ND4J without its natives and what these name. */
    static List<String> engine() {
        return List.of(
                "org.nd4j.",
                "!org.nd4j.shade.",
                "!org.nd4j.context.",
                "!org.nd4j.presets.",
                "!org.nd4j.linalg.api.buffer.DataType",
                "!org.nd4j.linalg.cpu.nativecpu.bindings.",
                "!org.nd4j.nativeblas.LongPointerWrapper",
                "!org.nd4j.nativeblas.NativeOps",
                "!org.nd4j.nativeblas.Opaque",
                "!org.nd4j.nativeblas.PointerPointerWrapper",
                "!org.nd4j.nativeblas.ResultWrapperAbstraction");
    }

    @Test
    void everyMethod_countsOnceForEachBatch() throws Exception {
        WovenLibrary woven = woven(module());
        try (SameDiffUse models = (SameDiffUse) start(woven)) {
            int calls = models.callEachWay();

            List<Recorded> recorded = woven.recorded();
            assertThat(recorded).hasSize(calls);
            assertThat(recorded).extracting(Recorded::key).containsOnly(models.key());
            assertThat(recorded).extracting(Recorded::units).containsOnly(models.rows());
            assertThat(woven.calls.facts(woven.calls.key(models.key()))).isEqualTo(new ModelFacts("nd4j", "cpu"));
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void trainingValidationAndEvaluation_areNoInference() throws Exception {
        WovenLibrary woven = woven(module());
        try (SameDiffUse models = (SameDiffUse) start(woven)) {
            models.train();

            assertThat(woven.recorded()).isEmpty();
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void loadedModel_isNamedAfterItsFile(@TempDir Path folder) throws Exception {
        WovenLibrary woven = woven(module());
        try (SameDiffUse models = (SameDiffUse) start(woven)) {
            models.callLoaded(folder.resolve("prices.fb"));

            assertThat(woven.recorded()).extracting(Recorded::key).containsExactly(ModelKey.of("prices"));
            assertThat(woven.errors.total()).isZero();
        }
    }
}
